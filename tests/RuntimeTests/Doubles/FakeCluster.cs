using System.Net;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Fake servers of a Redis Cluster behind the interfaces of the client library.</summary>
internal static class FakeCluster
{
    /// <summary>A connection that leads to some servers.</summary>
    public static IConnectionMultiplexer Connection(params FakeServer[] servers) => Connection(() => { }, servers);

    /// <summary>Returns a connection that leads to some servers.</summary>
    /// <param name="refreshing">Called when the view of the servers is refreshed.</param>
    /// <param name="servers">The servers.</param>
    public static IConnectionMultiplexer Connection(Action refreshing, params FakeServer[] servers) =>
        Fake.Of<IConnectionMultiplexer>((method, _) => method.Name switch
    {
        "get_IsConnected" => true,
        nameof(IConnectionMultiplexer.GetServers) => servers.Select(Server).ToArray(),
        nameof(IConnectionMultiplexer.ConfigureAsync) => Refresh(refreshing, servers),
        _ => throw new NotSupportedException(method.Name),
    });

    private static Task<bool> Refresh(Action refreshing, FakeServer[] servers)
    {
        refreshing();
        foreach (var server in servers) server.IsKnownReplica = server.IsReplica;
        return Task.FromResult(true);
    }

    private static IServer Server(FakeServer server) => Fake.Of<IServer>((method, _) => method.Name switch
    {
        "get_IsConnected" => !server.IsLost,
        "get_ServerType" => ServerType.Cluster,
        "get_EndPoint" => server.EndPoint,
        "get_IsReplica" => server.IsKnownReplica,
        nameof(IServer.RoleAsync) =>
            Task.FromResult((Role)RuntimeHelpers.GetUninitializedObject(server.IsReplica ? typeof(Role.Replica) : typeof(Role.Master))),
        _ => throw new NotSupportedException(method.Name),
    });
}

/// <summary>A server of a <see cref="FakeCluster"/>.</summary>
internal sealed class FakeServer(int port)
{
    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, port);

    /// <summary>Gets or sets a value indicating whether the server is a replica.</summary>
    public bool IsReplica { get; set; }

    /// <summary>Gets or sets a value indicating whether the connection found a replica when its view was refreshed.</summary>
    public bool IsKnownReplica { get; set; }

    public bool IsLost { get; set; }
}
