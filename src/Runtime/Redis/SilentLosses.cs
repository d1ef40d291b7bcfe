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

    /// <summary>Takes note of the servers there are connections to; those that are none any more are forgotten.</summary>
    public void Look(IConnectionMultiplexer multiplexer)
    {
        var servers = multiplexer.GetServers();
        var known = servers.Select(server => server.EndPoint).ToHashSet();
        lock (_gate)
        {
            _connected.IntersectWith(known);
            _connected.UnionWith(servers.Where(server => server.IsConnected).Select(server => server.EndPoint));
            _failed.RemoveWhere(one => !known.Contains(one.Server));
        }
    }

    /// <summary>The library told that a connection was lost.</summary>
    public void Failed(ConnectionFailedEventArgs args)
    {
        if (args.EndPoint is not { } server) return;
        lock (_gate) _failed.Add((server, args.ConnectionType));
    }

    /// <summary>True if there was one before, and its loss was not reported.</summary>
    /// <returns>Whether there was one before, of whose loss it did not tell.</returns>
    public bool Restored(ConnectionFailedEventArgs args)
    {
        if (args.EndPoint is not { } server) return false;
        lock (_gate) return !_failed.Remove((server, args.ConnectionType)) && _connected.Contains(server);
    }
}
