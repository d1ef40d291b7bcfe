using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Servers of a Redis Cluster as the client library shows them, and nothing behind them.</summary>
internal static class FakeCluster
{
    /// <summary>A connection that leads to some servers.</summary>
    public static IConnectionMultiplexer Connection(params FakeServer[] servers) => Fake<IConnectionMultiplexer>((method, _) => method.Name switch
    {
        "get_IsConnected" => true,
        nameof(IConnectionMultiplexer.GetServers) => servers.Select(Server).ToArray(),
        _ => throw new NotSupportedException(method.Name),
    });

    private static IServer Server(FakeServer server) => Fake<IServer>((method, _) => method.Name switch
    {
        "get_IsConnected" => !server.IsLost,
        "get_ServerType" => ServerType.Cluster,
        "get_EndPoint" => server.EndPoint,
        nameof(IServer.RoleAsync) => Task.FromResult((Role)RuntimeHelpers.GetUninitializedObject(server.IsReplica ? typeof(Role.Replica) : typeof(Role.Master))),
        _ => throw new NotSupportedException(method.Name),
    });

    /// <summary>An object whose members are one function.</summary>
    public static T Fake<T>(Func<MethodInfo, object?[]?, object?> invoke)
        where T : class
    {
        var fake = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)fake).Invoked = invoke;
        return fake;
    }

    public class Proxy : DispatchProxy
    {
        internal Func<MethodInfo, object?[]?, object?> Invoked { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Invoked(targetMethod!, args);
    }
}

/// <summary>One server of a <see cref="FakeCluster"/>.</summary>
internal sealed class FakeServer(int port)
{
    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, port);

    public bool IsReplica { get; set; }

    public bool IsLost { get; set; }
}
