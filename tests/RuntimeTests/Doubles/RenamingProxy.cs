using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A proxy that changes the channel of a subscription, so that it is confirmed but receives no messages.</summary>
internal sealed class RenamingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Renaming _request;
    private readonly Renaming _reply;
    private readonly Task _accepting;
    private volatile bool _isRenaming = true;

    /// <param name="target">The port of the server.</param>
    /// <param name="command">The subscribe command.</param>
    /// <param name="channel">The channel. Must not be empty; a question mark stands for any character.</param>
    public RenamingProxy(int target, string command, string channel)
    {
        _target = target;
        _request = new Renaming(Part(command, channel), (byte)'!');
        _reply = new Renaming(Part(command.ToLowerInvariant(), $"{channel[..^1]}!"), (byte)channel[^1]);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Configuration => FormattableString.Invariant($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Stops the renaming of later subscriptions.</summary>
    public void Stop() => _isRenaming = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static byte[] Part(string command, string channel) => Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"{command}\r\n${Encoding.UTF8.GetByteCount(channel)}\r\n{channel}\r\n"));

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            _ = CarryAsync(client, server, _request);
            _ = CarryAsync(server, client, _reply);
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, Renaming renaming)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        try
        {
            while (await from.GetStream().ReadAsync(buffer.AsMemory(kept), _stop.Token) is > 0 and var read)
            {
                var length = kept + read;
                if (_isRenaming) renaming.Apply(buffer.AsSpan(0, length));

                // The possible start of a name is kept until the rest arrives.
                kept = renaming.Overlap(buffer.AsSpan(0, length));
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length - kept), _stop.Token);
                buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException
            or SocketException)
        {
            // The connection was closed.
        }

        from.Dispose();
        to.Dispose();
    }

    /// <summary>A replacement of the last character of a name.</summary>
    private sealed class Renaming(byte[] name, byte last)
    {
        private const int LineEnd = 2;

        public void Apply(Span<byte> bytes)
        {
            for (var at = 0; at + name.Length <= bytes.Length; at++)
            {
                if (Matches(bytes[at..], name.Length)) bytes[at + name.Length - LineEnd - 1] = last;
            }
        }

        /// <summary>Returns the number of bytes at the end that may be the start of the name.</summary>
        public int Overlap(ReadOnlySpan<byte> bytes)
        {
            for (var length = Math.Min(bytes.Length, name.Length - 1); length > 0; length--)
            {
                if (Matches(bytes[^length..], length)) return length;
            }

            return 0;
        }

        private bool Matches(ReadOnlySpan<byte> bytes, int length)
        {
            for (var i = 0; i < length; i++)
            {
                if (name[i] != bytes[i] && name[i] != (byte)'?') return false;
            }

            return true;
        }
    }
}
