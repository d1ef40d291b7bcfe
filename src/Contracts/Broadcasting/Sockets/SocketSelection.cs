using System.Buffers;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The receivers of one broadcast, in rented memory.</summary>
internal ref struct SocketSelection : IDisposable
{
    private ILocalSocket[]? _sockets;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<ILocalSocket> Sockets => _sockets.AsSpan(0, Count);

    public void Reserve(int capacity)
    {
        if (capacity > 0) _sockets = ArrayPool<ILocalSocket>.Shared.Rent(capacity);
    }

    public void Add(ILocalSocket socket) => _sockets![Count++] = socket;

    /// <summary>Returns the memory to the pool, cleared so that a pooled array keeps no closed socket alive.</summary>
    public void Dispose()
    {
        if (_sockets is null) return;
        Array.Clear(_sockets, 0, Count);
        ArrayPool<ILocalSocket>.Shared.Return(_sockets);
        _sockets = null;
        Count = 0;
    }
}
