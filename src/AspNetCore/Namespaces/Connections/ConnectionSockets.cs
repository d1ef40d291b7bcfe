using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The sockets of one connection by their namespaces; guarded by the lock of the connection.</summary>
/// <remarks>Most clients join one namespace, so only further namespaces allocate a table.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct ConnectionSockets
{
    // More than any client needs; a client that is disconnected from more namespaces at once may lose its connection.
    private const int MaxLeft = 100;

    private ServerSocket? _only;
    private Dictionary<string, ServerSocket>? _all;
    private List<string>? _left;

    public readonly int Count => _all?.Count ?? (_only is null ? 0 : 1);

    public readonly bool TryGet(string path, [NotNullWhen(true)] out ServerSocket? socket)
    {
        if (_all is not null) return _all.TryGetValue(path, out socket);
        socket = _only?.Path == path ? _only : null;
        return socket is not null;
    }

    /// <summary>
    /// Returns a value indicating whether the server disconnected the client from a namespace that it has not rejoined. Packets for it
    /// may still arrive.
    /// </summary>
    public readonly bool HasLeft(string path) => _left is not null && _left.Contains(path);

    public void Add(ServerSocket socket)
    {
        _left?.Remove(socket.Path);
        if (_only is null && _all is null)
        {
            _only = socket;
            return;
        }

        _all ??= new Dictionary<string, ServerSocket>(StringComparer.Ordinal) { { _only!.Path, _only } };
        _all.Add(socket.Path, socket);
        _only = null;
    }

    /// <summary>Removes a socket if it still belongs to its namespace.</summary>
    public void Remove(ServerSocket socket)
    {
        if (ReferenceEquals(_only, socket)) _only = null;
        else if (_all is not null && TryGet(socket.Path, out var known) && ReferenceEquals(known, socket)) _all.Remove(socket.Path);
    }

    /// <summary>Removes a socket that the server disconnects.</summary>
    public void Leave(ServerSocket socket)
    {
        Remove(socket);
        _left ??= [];
        if (_left.Count == MaxLeft) _left.RemoveAt(0);
        _left.Add(socket.Path);
    }

    /// <summary>Removes all sockets.</summary>
    public ServerSocket[] TakeAll()
    {
        ServerSocket[] sockets = _all is not null ? [.. _all.Values] : _only is not null ? [_only] : [];
        (_only, _all) = (null, null);
        return sockets;
    }
}
