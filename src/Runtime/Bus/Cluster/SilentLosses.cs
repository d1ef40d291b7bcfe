using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Detects restored connections whose loss was not reported: the client library closes one that has not responded for long without an
/// event.
/// </summary>
internal sealed class SilentLosses
{
    private readonly Lock _gate = new();
    private readonly HashSet<EndPoint> _connected = [];
    private readonly HashSet<(EndPoint Server, ConnectionType Kind)> _failed = [];

    /// <summary>Records the connected servers; removed ones are forgotten.</summary>
    public void Look(IServer[] servers)
    {
        var known = servers.Select(server => server.EndPoint).ToHashSet();
        var connected = servers.Where(server => server.IsConnected).Select(server => server.EndPoint).ToArray();
        lock (_gate)
        {
            _connected.IntersectWith(known);
            _connected.UnionWith(connected);
            _failed.RemoveWhere(one => !known.Contains(one.Server));
        }
    }

    /// <summary>Records that the library reported a lost connection.</summary>
    public void Failed(ConnectionFailedEventArgs args)
    {
        if (args.EndPoint is not { } server) return;
        lock (_gate) _failed.Add((server, args.ConnectionType));
    }

    /// <summary>Records that the library reported an established connection.</summary>
    /// <returns>True if there was one before, and its loss was not reported.</returns>
    public bool Restored(ConnectionFailedEventArgs args)
    {
        if (args.EndPoint is not { } server) return false;
        lock (_gate) return !_failed.Remove((server, args.ConnectionType)) && _connected.Contains(server);
    }
}
