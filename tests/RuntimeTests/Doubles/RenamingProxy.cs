using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A network on which a subscription becomes one of another channel: it is confirmed and receives nothing.</summary>
internal sealed class RenamingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly (byte[] Name, byte[] Other)[] _requests;
    private readonly (byte[] Name, byte[] Other)[] _replies;
    private readonly Task _accepting;
    private volatile bool _isRenaming = true;

    /// <param name="target">The port of the server.</param>
    /// <param name="command">The command that subscribes.</param>
    /// <param name="channel">The channel, which must not be empty.</param>
    public RenamingProxy(int target, string command, string channel)
    {
        _target = target;
        var other = $"{channel[..^1]}!";
        _requests = [(Part(command, channel), Part(command, other))];
        _replies = [(Part(command.ToLowerInvariant(), other), Part(command.ToLowerInvariant(), channel))];
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Configuration => FormattableString.Invariant($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Leaves subscriptions that come from now on as they are.</summary>
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
            _ = CarryAsync(client, server, _requests);
            _ = CarryAsync(server, client, _replies);
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, (byte[] Name, byte[] Other)[] renamed)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        try
        {
            while (await from.GetStream().ReadAsync(buffer.AsMemory(kept), _stop.Token) is > 0 and var read)
            {
                var length = kept + read;
                if (_isRenaming) Rename(buffer.AsSpan(0, length), renamed);

                // What may be the start of a name waits for the rest of it.
                kept = renamed.Max(one => Overlap(buffer.AsSpan(0, length), one.Name));
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length - kept), _stop.Token);
                buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or SocketException)
        {
            // The connection ends.
        }

        from.Dispose();
        to.Dispose();
    }

    private static void Rename(Span<byte> bytes, (byte[] Name, byte[] Other)[] renamed)
    {
        foreach (var (name, other) in renamed)
        {
            for (var at = bytes.IndexOf(name); at >= 0; at = bytes.IndexOf(name)) other.CopyTo(bytes[at..]);
        }
    }

    private static int Overlap(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        for (var length = Math.Min(bytes.Length, name.Length - 1); length > 0; length--)
        {
            if (bytes.EndsWith(name[..length])) return length;
        }

        return 0;
    }
}
