using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Users and presence over two servers with an in-memory bus, and with a third node that never responds.</summary>
public class UserClusterTests
{
    // The clock of the requests passes while the nodes that respond are still at work: by then, they have.
    private static readonly TimeSpan RequestsTimeout = TimeSpan.FromMinutes(2);

    private readonly LoopbackHub _hub = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_is_disconnected_on_every_node_and_in_namespaces_that_only_the_other_has(bool isSharded)
    {
        await using var here = await StartAsync(isSharded);
        await using var there = await StartAsync(isSharded, io => io.Of(new Regex("^/room-[0-9]+\\z")));
        using var main = await UserTests.ConnectAsync(there, "42");
        using var local = await UserTests.ConnectAsync(here, "42");
        using var room = await UserTests.ConnectAsync(there, "42", "/room-1");
        using var other = await UserTests.ConnectAsync(there, "43", "/room-1");
        Assert.True(await here.Server.Users.IsOnlineAsync("43", Token));
        Assert.False(await here.Server.Users.IsOnlineAsync("44", Token));

        await here.Server.Users.DisconnectAsync("42", Token);

        Assert.Equal("41", await main.TextAsync());
        Assert.Equal("41", await local.TextAsync());
        Assert.Equal("41/room-1,", await room.TextAsync());
        foreach (var client in new[] { main, local, room }) Assert.NotNull(await client.ClosedAsync());
        Assert.False(await here.Server.Users.IsOnlineAsync("42", Token));
        Assert.True(await here.Server.Users.IsOnlineAsync("43", Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_to_a_user_reach_its_sockets_on_every_node(bool isSharded)
    {
        await using var here = await StartAsync(isSharded);
        await using var there = await StartAsync(isSharded);
        using var first = await UserTests.ConnectAsync(here, "42");
        using var second = await UserTests.ConnectAsync(there, "42");
        using var other = await UserTests.ConnectAsync(there, "43");

        here.Server.Of<ITestEvents>().ToUser("42").Tick(1);
        Assert.Equal("42[\"tick\",1]", await first.TextAsync());
        Assert.Equal("42[\"tick\",1]", await second.TextAsync());
        await there.Server.Of("/").Sockets.Single(socket => socket.UserId == "42").ReplaceUserAsync(UserTests.User("44"));
        here.Server.Of<ITestEvents>().ToUser("42").Tick(2);
        here.Server.Of<ITestEvents>().ToUser("44").Tick(3);
        Assert.Equal("42[\"tick\",2]", await first.TextAsync());
        Assert.Equal("42[\"tick\",3]", await second.TextAsync());
        var presence = await here.Server.Of("/").Presence.GetAsync("user:44", Token);
        Assert.Equal(("44", 1, true), (presence.UserIds.Single(), presence.Sockets, presence.IsComplete));
    }

    [Fact]
    public async Task A_node_that_does_not_respond_is_counted()
    {
        await using var here = await StartAsync(isSharded: false);
        await using var there = await StartAsync(isSharded: false);
        using var local = await UserTests.ConnectAsync(here, "1");
        using var remote = await UserTests.ConnectAsync(there, "2");
        await here.Server.Of("/").All.JoinAsync("lobby", TestServer.Patience);
        await using var silent = await SilentAsync();
        var (presence, users) = (here.Server.Of("/").Presence, here.Server.Users);

        var counted = await PassAsync(presence.GetAsync("lobby", Token));
        Assert.Equal(["1", "2"], counted.UserIds.Order(StringComparer.Ordinal));
        Assert.Equal((2, false, 1, 3, 2), (counted.Sockets, counted.IsComplete, counted.MissingNodes, counted.ExpectedNodes,
            counted.RespondedNodes));
        var missing = await Assert.ThrowsAsync<MissingNodesException>(() => PassAsync(presence.CountAsync("lobby", Token)));
        Assert.Equal((3, 2), (missing.ExpectedNodes, missing.RespondedNodes));

        // Without a wait: the clock does not advance.
        Assert.True(await users.IsOnlineAsync("1", Token));
        Assert.True(await users.IsOnlineAsync("2", Token));
        await Assert.ThrowsAsync<MissingNodesException>(() => PassAsync(users.IsOnlineAsync("3", Token)));
        using var stop = new CancellationTokenSource();
        var canceled = presence.GetAsync("lobby", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
    }

    private async Task<T> PassAsync<T>(Task<T> result)
    {
        await _time.PassUntilAsync(result);
        return await result;
    }

    private async Task<IBusSubscription> SilentAsync()
    {
        var subscription = _hub.CreateBus().Subscribe(new BusSet("/", default), (_, _) => { });
        await subscription.AddAsync(RedisChannel.Literal("socket.io-request#/#"));
        return subscription;
    }

    private Task<TestServer> StartAsync(bool isSharded, Action<SocketIOServer>? map = null)
    {
        RedisNodeOptions options = isSharded ? new ShardedRedisAdapterOptions() : new RedisAdapterOptions();
        options.RequestsTimeout = RequestsTimeout;
        var factory = new RedisAdapterFactory(options, _hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance, _time);
        return UserTests.StartAsync(map: map, services: services => services.AddSingleton<INamespaceAdapterFactory>(factory));
    }
}
