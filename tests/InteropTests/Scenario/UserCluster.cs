using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace TypedSocketRedis.Tests;

/// <summary>Two servers of ours and one Node server in one cluster; each client of ours has the user of its query.</summary>
public sealed class UserCluster : IAsyncDisposable
{
    private readonly JsClients _clients = new();

    private UserCluster(DotnetServer here, DotnetServer there, NodePeer? classic, NodeShardedServer? sharded) =>
        (Here, There, Classic, Sharded) = (here, there, classic, sharded);

    /// <summary>The server whose presence and users are read.</summary>
    public DotnetServer Here { get; }

    public DotnetServer There { get; }

    private NodePeer? Classic { get; }

    private NodeShardedServer? Sharded { get; }

    private string NodeUrl => Classic?.Url ?? Sharded!.Url;

    public static async Task<UserCluster> StartAsync(RedisServer redis, bool isSharded, TimeSpan requestsTimeout)
    {
        var (classic, sharded) = isSharded
            ? (null, await NodeShardedServer.StartAsync(redis.Address, "dynamic", $"users-{requestsTimeout.Ticks}"))
            : (await NodePeer.StartAsync(redis), (NodeShardedServer?)null);
        Task<DotnetServer> StartOursAsync() => DotnetServer.StartAsync(redis,
            adapter: options => options.RequestsTimeout = requestsTimeout,
            sharded: isSharded
                ? options =>
                {
                    options.RequestsTimeout = requestsTimeout;
                    options.ChannelPrefix = $"users-{requestsTimeout.Ticks}";
                }
                : null,
            use: UseUsers);
        var cluster = new UserCluster(await StartOursAsync(), await StartOursAsync(), classic, sharded);
        await Patience.UntilAsync(async () => await cluster.Here.Io.Of("/").ServerCountAsync(TestContext.Current.CancellationToken) == 3
            && await cluster.There.Io.Of("/").ServerCountAsync(TestContext.Current.CancellationToken) == 3, "three servers are counted");
        return cluster;
    }

    /// <summary>Connects a client to a server of ours, and joins it to room <c>lobby</c> of the namespace.</summary>
    public async Task<JsSocket> ConnectAsync(DotnetServer server, string? user, string nsp = "/")
    {
        var socket = await _clients.ConnectAsync(server.Url, user is null ? nsp : $"{nsp}?user={user}");
        if (nsp is "/" or "/desk") await socket.JoinAsync("lobby");
        return socket;
    }

    /// <summary>Connects a client to the Node server, whose handler joins it to room <c>lobby</c> and to that of its user.</summary>
    public async Task<JsSocket> ConnectNodeAsync(string? user, string nsp = "/")
    {
        var socket = await _clients.ConnectAsync(NodeUrl, nsp);
        if (user is not null) await socket.JoinAsync($"user:{user}");
        await socket.JoinAsync("lobby");
        return socket;
    }

    /// <summary>Has the Node server send an event to a room.</summary>
    public Task<string> EmitFromNodeAsync(string room, string text)
    {
        var command = $$"""{"rooms":["{{room}}"],"event":"text","args":["{{text}}"]}""";
        return Classic?.DoAsync("emit", command) ?? Sharded!.DoAsync("emit", command);
    }

    /// <summary>Freezes or resumes the Node server.</summary>
    public void Freeze(bool frozen)
    {
        Classic?.Freeze(frozen);
        Sharded?.Freeze(frozen);
    }

    public async ValueTask DisposeAsync()
    {
        Freeze(false);
        await _clients.DisposeAsync();
        await Here.DisposeAsync();
        await There.DisposeAsync();
        if (Classic is not null) await Classic.DisposeAsync();
        if (Sharded is not null) await Sharded.DisposeAsync();
    }

    private static void UseUsers(WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Query["user"].ToString() is { Length: > 0 } id)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], "query"));
        return next(context);
    });
}
