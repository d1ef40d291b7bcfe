using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace TypedSocketRedis.Tests;

/// <summary>A TCP proxy that forwards data and the ends of connections after a delay, like a distant network.</summary>
public sealed class LatencyProxy : IAsyncDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly TimeSpan _delay;
    private readonly Task _accepting;

    /// <param name="target">The port of the server, on this machine.</param>
    /// <param name="delay">The delay in each direction.</param>
    public LatencyProxy(int target, TimeSpan delay)
    {
        (_target, _delay) = (target, delay);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The address to which clients connect.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptTcpClientAsync(CancellationToken.None));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The proxy has been disposed.
            _listener.Dispose();
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _target, CancellationToken.None);
            await Task.WhenAll(CopyAsync(client.Client, server.Client), CopyAsync(server.Client, client.Client));
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var pieces = Channel.CreateUnbounded<(long Due, byte[] Bytes)>();
        var writing = WriteAsync(pieces.Reader, to);
        var buffer = new byte[PieceSize];
        var length = 0;
        do
        {
            try
            {
                length = await from.ReceiveAsync(buffer, SocketFlags.None, CancellationToken.None);
            }
            catch (SocketException)
            {
                // A reset is forwarded as the end of the connection.
                length = 0;
            }

            pieces.Writer.TryWrite((Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency), buffer[..length]));
        }
        while (length > 0);
        await writing;
    }

    private static async Task WriteAsync(ChannelReader<(long Due, byte[] Bytes)> pieces, Socket to)
    {
        try
        {
            while (true)
            {
                var (due, bytes) = await pieces.ReadAsync(CancellationToken.None);
                var rest = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (rest > TimeSpan.Zero) await Pause.ForAsync(rest);
                if (bytes.Length == 0) break;
                await to.SendAsync(bytes, SocketFlags.None, CancellationToken.None);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side has disconnected; the remaining data is dropped.
            to.Close();
        }
    }
}

/// <summary>Pauses that are part of a scenario; tests never use them to wait for a condition.</summary>
internal static class Pause
{
    public static async Task ForAsync(TimeSpan time)
    {
        if (time < TimeSpan.FromMilliseconds(1)) return;
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(CancellationToken.None);
    }
}
