using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client of this node as the receiver of a contract's events, which are its generated extension methods.</summary>
/// <remarks>What is sent to it, and what is broadcast to it, arrives in the order of the calls.</remarks>
/// <typeparam name="TEvents">The contract.</typeparam>
public readonly struct SocketClient<TEvents> : IEventTarget<TEvents>
{
    private readonly ILocalSocket? _socket;
    private readonly string? _path;

    internal SocketClient(ILocalSocket socket, string path) => (_socket, _path) = (socket, path);

    /// <inheritdoc/>
    void IEventTarget<TEvents>.Send(EventData data) => Send(data);

    /// <inheritdoc/>
    ValueTask IEventTarget<TEvents>.SendAsync(EventData data, CancellationToken cancellationToken)
    {
        Send(data);
        return ValueTask.CompletedTask;
    }

    private void Send(EventData data)
    {
        if (_socket is null || _path is null)
            throw new InvalidOperationException($"A default SocketClient<{typeof(TEvents).Name}> has no client behind it: take it from a socket.");
        _socket.Send(PacketWriter.Event(_path, data), BroadcastFlags.None);
    }
}
