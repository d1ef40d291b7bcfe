using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A proxy between a node and Redis that can drop all packets of existing connections without closing them.</summary>
internal sealed class StallingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile int _lost;
    private int _accepted;

    public StallingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Configuration => FormattableString.Invariant($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Drops all further packets of existing connections in both directions. New connections are not affected.</summary>
    public void Stall() => _lost = Volatile.Read(ref _accepted);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            var server = new TcpClient();
            if (!await TryConnectAsync(server))
            {
                client.Dispose();
                continue;
            }

            var number = Interlocked.Increment(ref _accepted);
            _ = CarryAsync(client, server, number);
            _ = CarryAsync(server, client, number);
        }
    }

    private async Task<bool> TryConnectAsync(TcpClient server)
    {
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            return true;
        }
        catch (SocketException)
        {
            server.Dispose();
            return false;
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, int number)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                if (number > _lost) await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException
            or SocketException)
        {
            // The connection was closed.
        }

        from.Dispose();
        if (number > _lost) to.Dispose();
    }
}
