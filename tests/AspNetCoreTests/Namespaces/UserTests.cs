using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The ids of users, their rooms and the reservation of the rooms' names, on one node.</summary>
public class UserTests
{
    private const int MiddlewareFailed = 2101;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_is_in_the_room_of_its_user_and_receives_the_events_of_that_user()
    {
        await using var server = await StartAsync();
        using var first = await ConnectAsync(server, "42");
        using var second = await ConnectAsync(server, "42");
        using var other = await ConnectAsync(server, "43");
        using var anonymous = await ConnectAsync(server, null);
        var ns = server.Server.Of("/");
        Assert.Equal(["42", "42", "43", null], ns.Sockets.Select(socket => socket.UserId).OrderBy(id => id is null).ThenBy(id => id));
        Assert.All(ns.Sockets.Where(socket => socket.UserId == "42"),
            socket => Assert.Equal([socket.Id.ToString(), "user:42"], socket.Rooms));
        Assert.Single(ns.Sockets.Single(socket => socket.UserId is null).Rooms);

        ns.For<ITestEvents>().ToUser("42").Tick(1);
        ns.For<ITestEvents>().ToUsers(["43", "44"]).Tick(2);
        ns.For<ITestEvents>().All.Tick(3);

        Assert.Equal("42[\"tick\",1]", await first.TextAsync());
        Assert.Equal("42[\"tick\",1]", await second.TextAsync());
        Assert.Equal("42[\"tick\",2]", await other.TextAsync());
        foreach (var client in new[] { first, second, other, anonymous }) Assert.Equal("42[\"tick\",3]", await client.TextAsync());
    }

    [Fact]
    public async Task A_client_that_a_handler_joins_to_any_room_cannot_join_the_room_of_a_user()
    {
        await using var server = await StartAsync();
        var ns = server.Server.Of("/");
        ns.On("join", async (socket, sent) => await socket.JoinAsync(sent[0].GetString()));
        using var eve = await ConnectAsync(server, "66");

        await eve.SendAsync("420[\"join\",\"user:42\"]");
        Assert.Equal("430[{\"error\":\"The event could not be handled.\"}]", await eve.TextAsync());
        await eve.SendAsync("421[\"join\",\"lobby\"]");
        Assert.Equal("431[]", await eve.TextAsync());

        ns.For<ITestEvents>().ToUser("42").Tick(1);
        ns.For<ITestEvents>().To("lobby").Tick(2);
        Assert.Equal("42[\"tick\",2]", await eve.TextAsync());
        Assert.Equal([eve.Id, "user:66", "lobby"], ns.Sockets.Single().Rooms);
    }

    [Fact]
    public async Task A_client_that_names_its_room_cannot_leave_the_prefix_of_rooms()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").On("join", async (ISocket socket, string room) => await socket.JoinAsync(room));
            io.Of("/").On("join prefixed", async (ISocket socket, string room) => await socket.JoinAsync("room:" + room));
        });
        using var spied = await WsClient.ConnectAsync(server);
        using var spy = await WsClient.ConnectAsync(server);
        using var fenced = await WsClient.ConnectAsync(server);
        await spy.SendAsync($"421[\"join\",\"{spied.Id}\"]");
        Assert.Equal("431[]", await spy.TextAsync());
        await fenced.SendAsync($"421[\"join prefixed\",\"{spied.Id}\"]");
        Assert.Equal("431[]", await fenced.TextAsync());

        await server.Server.Of("/").To(SocketId.Parse(spied.Id)).EmitAsync("secret");
        await server.Server.Of("/").All.EmitAsync("end");
        foreach (var client in (WsClient[])[spied, spy]) Assert.Equal("42[\"secret\"]", await client.TextAsync());
        Assert.Equal("42[\"end\"]", await fenced.TextAsync());
    }

    [Fact]
    public async Task Sockets_and_chains_refuse_the_rooms_of_users()
    {
        await using var server = await StartAsync(map: io => io.Of(new Regex("^/room-[0-9]+\\z")));
        using var client = await ConnectAsync(server, "42");
        var socket = server.Server.Of("/").Sockets.Single();
        var (own, other) = (RoomOf("42"), RoomOf("43"));
        Func<object>[] calls =
        [
            () => socket.JoinAsync(other, Token).AsTask(), () => socket.JoinAsync(["a", RoomOf("")], Token).AsTask(),
            () => socket.LeaveAsync(own, Token).AsTask(), () => socket.LeaveAsync(["a", own], Token).AsTask(),
            () => socket.Others<ITestEvents>().To(other), () => server.Server.Of<ITestEvents>().All.Except(own),
            () => server.Server.Of("/").All.JoinAsync(other, Token).AsTask(),
            () => server.Server.Of(new Regex("^/x\\z")).To(other),
        ];
        Assert.All(calls, call =>
        {
            var refused = Assert.Throws<ArgumentException>(() => _ = call());
            Assert.Contains("ToUser", refused.Message, StringComparison.Ordinal);
            Assert.Contains("SocketIOOptions.UserRoomPrefix", refused.Message, StringComparison.Ordinal);
        });
        Assert.Equal([client.Id, "user:42"], socket.Rooms);
    }

    [Fact]
    public async Task Without_a_prefix_no_room_is_reserved_or_joined()
    {
        await using var server = await StartAsync(configure: options => options.UserRoomPrefix = "");
        using var client = await ConnectAsync(server, "42");
        var socket = server.Server.Of("/").Sockets.Single();

        await socket.JoinAsync(RoomOf("43"), Token);

        Assert.Equal("42", socket.UserId);
        Assert.Equal([client.Id, "user:43"], socket.Rooms);
        Assert.Throws<InvalidOperationException>(() => server.Server.Of<ITestEvents>().ToUser("42"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Server.Users.DisconnectAsync("42", Token));
        var presence = await server.Server.Of("/").Presence.GetAsync("user:43", Token);
        Assert.Equal((1, 1), (presence.Sockets, presence.Anonymous));
    }

    [Fact]
    public async Task The_prefix_is_an_option()
    {
        await using var server = await StartAsync(configure: options => options.UserRoomPrefix = "u/");
        using var client = await ConnectAsync(server, "42");

        server.Server.Of<ITestEvents>().ToUser("42").Tick(1);

        Assert.Equal("42[\"tick\",1]", await client.TextAsync());
        var (ns, socket) = (server.Server.Of("/"), server.Server.Of("/").Sockets.Single());
        Assert.Equal([client.Id, "u/42"], socket.Rooms);

        // Names that the analyzer does not report, because it does not know the option.
        foreach (var refused in new Func<Task>[]
        {
            () => socket.JoinAsync("u/43", Token).AsTask(), () => socket.LeaveAsync("u/42", Token).AsTask(),
            () => Task.FromResult(ns.To("u/43")), () => Task.FromResult(ns.All.Except("u/42")),
            () => ns.All.JoinAsync("u/43", Token).AsTask(), () => ns.All.LeaveAsync("u/42", Token).AsTask(),
        })
        {
            var exception = await Assert.ThrowsAsync<ArgumentException>(refused);
            Assert.Contains("UserRoomPrefix", exception.Message, StringComparison.Ordinal);
        }

        await socket.JoinAsync(RoomOf("43"), Token);
        Assert.Contains(RoomOf("43"), socket.Rooms);
    }

    [Fact]
    public async Task The_room_follows_when_the_user_is_replaced()
    {
        await using var server = await StartAsync();
        var ns = server.Server.Of("/");
        ns.Use(socket => socket.UserId == "42" ? socket.ReplaceUserAsync(User("41")) : Task.CompletedTask);
        using var client = await ConnectAsync(server, "42");
        var socket = ns.Sockets.Single();
        Assert.Equal(("41", "41"), (socket.UserId, socket.User.Identity!.Name));
        Assert.Equal([client.Id, "user:41"], socket.Rooms);

        await socket.ReplaceUserAsync(User("43"));
        Assert.Equal(("43", "43"), (socket.UserId, socket.User.Identity!.Name));
        Assert.Equal([client.Id, "user:43"], socket.Rooms);
        ns.For<ITestEvents>().ToUser("41").Tick(1);
        ns.For<ITestEvents>().ToUser("43").Tick(2);
        Assert.Equal("42[\"tick\",2]", await client.TextAsync());

        var again = User("43");
        await socket.ReplaceUserAsync(again);
        Assert.Same(again, socket.User);
        await socket.ReplaceUserAsync(new ClaimsPrincipal(new ClaimsIdentity()));
        Assert.Null(socket.UserId);
        Assert.Equal([client.Id], socket.Rooms);
    }

    [Fact]
    public async Task Replacements_at_the_same_time_leave_one_room()
    {
        await using var server = await StartAsync();
        using var client = await ConnectAsync(server, "42");
        var socket = server.Server.Of("/").Sockets.Single();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => socket.ReplaceUserAsync(User($"{i}")), Token)));

        Assert.Equal([client.Id, $"user:{socket.UserId}"], socket.Rooms);
        Assert.Equal(socket.UserId, socket.User.Identity!.Name);
    }

    [Fact]
    public async Task A_user_replaced_during_the_admission_or_after_the_end_leaves_no_room()
    {
        await using var server = await StartAsync();
        var ended = new Waiting<ISocket>();
        Task? replacing = null;
        server.Server.Of("/").Use(socket =>
        {
            replacing = Task.Run(() => socket.ReplaceUserAsync(User("43")), Token);
            return Task.CompletedTask;
        });
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(_ => ended.Set(socket));
            return Task.CompletedTask;
        });
        using var client = await ConnectAsync(server, "42");
        await replacing!;
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.Equal([client.Id, "user:43"], socket.Rooms);

        await client.SendAsync("41");
        Assert.Same(socket, await ended.Value);
        await socket.ReplaceUserAsync(User("44"));
        Assert.Equal("44", socket.UserId);
        Assert.Equal(0, await server.Server.Of("/").Presence.CountAsync("user:44", Token));
    }

    [Fact]
    public async Task The_room_of_the_user_is_joined_at_the_limit_on_rooms()
    {
        await using var server = await StartAsync(configure: options => options.MaxRoomsPerSocket = 3);
        using var client = await ConnectAsync(server, null);
        var socket = server.Server.Of("/").Sockets.Single();
        await socket.JoinAsync(["a", "b"], Token);

        await socket.ReplaceUserAsync(User("42"));

        Assert.Equal([client.Id, "a", "b", "user:42"], socket.Rooms);
        await Assert.ThrowsAsync<InvalidOperationException>(() => socket.JoinAsync("c", Token).AsTask());
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("empty")]
    [InlineData("long")]
    [InlineData("lone")]
    public async Task A_provider_that_fails_refuses_the_client_and_is_logged(string fault)
    {
        var log = new LogEntries();
        await using var server = await StartAsync(services: services => services
            .AddSingleton<ISocketUserIdProvider>(new Provider(user => user.Identity?.Name switch
            {
                null => null,
                "good" => "id of good",
                _ => fault switch
                {
                    "throw" => throw new InvalidOperationException("no database"),
                    "empty" => "",
                    "long" => new string('x', 1025),
                    _ => "\uD800",
                },
            }))
            .AddLogging(logging => logging.AddProvider(log)));
        using var refused = await WsClient.OpenAsync(server, query: "&user=bad");
        await refused.SendAsync("40");
        Assert.Equal("44{\"message\":\"The connection could not be made.\"}", await refused.TextAsync());
        Assert.Single(log.Of(MiddlewareFailed));
        Assert.Contains("GetUserId", Assert.Single(log.Texts(MiddlewareFailed, LogLevel.Error)), StringComparison.Ordinal);

        using var good = await ConnectAsync(server, "good");
        using var anonymous = await ConnectAsync(server, null);
        var socket = server.Server.Of("/").Sockets.Single(one => one.UserId is not null);
        Assert.Equal("id of good", socket.UserId);
        await Assert.ThrowsAsync<InvalidOperationException>(() => socket.ReplaceUserAsync(User("bad")));
        Assert.Equal([good.Id, "user:id of good"], socket.Rooms);
    }

    [Fact]
    public void The_default_id_is_the_name_identifier_of_an_authenticated_identity()
    {
        var provider = new ClaimUserIdProvider();
        static ClaimsIdentity Identity(string? scheme, params (string Type, string Value)[] claims) =>
            new(claims.Select(claim => new Claim(claim.Type, claim.Value)), scheme);

        Assert.Null(provider.GetUserId(new ClaimsPrincipal()));
        Assert.Null(provider.GetUserId(new ClaimsPrincipal(Identity(null, (ClaimTypes.NameIdentifier, "42")))));
        Assert.Null(provider.GetUserId(new ClaimsPrincipal(Identity("a", (ClaimTypes.Name, "Ada"), (ClaimTypes.NameIdentifier, "")))));
        Assert.Equal("42", provider.GetUserId(new ClaimsPrincipal([
            Identity(null, (ClaimTypes.NameIdentifier, "41")), Identity("a", ("sub", "43")),
            Identity("b", (ClaimTypes.NameIdentifier, "42")),
        ])));
        Assert.Equal("43", provider.GetUserId(new ClaimsPrincipal(Identity("a", ("sub", "43")))));
    }

    [Fact]
    public async Task Presence_counts_the_users_and_sockets_in_a_room()
    {
        await using var server = await StartAsync();
        var ns = server.Server.Of("/");
        ns.OnConnected(async socket => await socket.JoinAsync("lobby"));
        List<WsClient> clients = [];
        foreach (var user in new[] { "1", "1", "2", null, null }) clients.Add(await ConnectAsync(server, user));
        await ns.All.JoinAsync("lobby", TestServer.Patience);

        var presence = await ns.Presence.GetAsync("lobby", Token);

        Assert.Equal(["1", "2"], presence.UserIds.Order(StringComparer.Ordinal));
        Assert.Equal((5, 2, true, 0), (presence.Sockets, presence.Anonymous, presence.IsComplete, presence.MissingNodes));
        Assert.Equal(5, await ns.Presence.CountAsync("lobby", Token));
        Assert.Equal(2, await ns.Presence.CountAsync("user:1", Token));
        Assert.Equal(["1"], (await ns.Presence.GetAsync("user:1", Token)).UserIds);
        Assert.Equal(0, await server.Server.Of("/other").Presence.CountAsync("lobby", Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ns.Presence.GetAsync(null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ns.Presence.CountAsync(null!, Token));
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task A_user_is_disconnected_in_every_namespace()
    {
        await using var server = await StartAsync(map: io =>
        {
            io.Of("/other");
            io.Of(new Regex("^/room-[0-9]+\\z"));
        });
        using var first = await ConnectAsync(server, "42");
        using var second = await ConnectAsync(server, "42", "/other");
        using var third = await ConnectAsync(server, "42", "/room-1");
        using var other = await ConnectAsync(server, "43", "/room-1");
        var users = server.Server.Users;
        Assert.True(await users.IsOnlineAsync("42", Token));
        Assert.False(await users.IsOnlineAsync("44", Token));

        await users.DisconnectAsync("42", Token);

        Assert.Equal("41", await first.TextAsync());
        Assert.Equal("41/other,", await second.TextAsync());
        Assert.Equal("41/room-1,", await third.TextAsync());
        foreach (var client in new[] { first, second, third }) Assert.NotNull(await client.ClosedAsync());
        Assert.False(await users.IsOnlineAsync("42", Token));
        Assert.True(await users.IsOnlineAsync("43", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => users.DisconnectAsync("", Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => users.IsOnlineAsync(null!, Token));
    }

    [Theory]
    [InlineData("42", "2 3", true)]
    [InlineData(null, "3", false)]
    public async Task A_recovered_socket_has_the_room_and_the_events_of_its_own_user_only(string? user, string missed, bool isInRoom)
    {
        await using var server = await StartAsync(
            configure: options => options.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        var ns = server.Server.Of("/");
        var auth = await LoseAsync(server);
        ns.For<ITestEvents>().ToUser("42").Tick(2);
        ns.For<ITestEvents>().To("lobby").Tick(3);

        using var again = await WsClient.OpenAsync(server, query: user is null ? "" : $"&user={user}");
        await again.SendAsync("40" + auth);
        List<string> received = [];
        while ((await again.TextAsync()) is var text && !text.StartsWith("40", StringComparison.Ordinal))
            received.Add(JsonElement.Parse(text[2..])[1].GetRawText());

        var socket = ns.Sockets.Single();
        Assert.True(socket.Recovered);
        Assert.Equal(missed, string.Join(' ', received));
        Assert.Equal(isInRoom, socket.Rooms.Contains("user:42"));
        Assert.Contains("lobby", socket.Rooms);
    }

    [Theory]
    [InlineData("42", false)]
    [InlineData("43", true)]
    public async Task What_is_kept_of_the_sockets_of_a_disconnected_user_is_dropped(string disconnected, bool isRecovered)
    {
        await using var server = await StartAsync(
            configure: options => options.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        var auth = await LoseAsync(server);

        await server.Server.Users.DisconnectAsync(disconnected, Token);

        using var again = await WsClient.OpenAsync(server, query: "&user=42");
        await again.SendAsync("40" + auth);
        Assert.StartsWith("40", await again.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(isRecovered, server.Server.Of("/").Sockets.Single().Recovered);
    }

    /// <summary>Connects a client of user 42, joins it to <c>lobby</c>, and loses the connection after one event.</summary>
    /// <returns>The data by which the client recovers its socket.</returns>
    private static async Task<string> LoseAsync(TestServer server)
    {
        var ns = server.Server.Of("/");
        using var client = await WsClient.OpenAsync(server, query: "&user=42");
        await client.SendAsync("40");
        var connect = JsonElement.Parse((await client.TextAsync())[2..]);
        var socket = ns.Sockets.Single();
        await socket.JoinAsync("lobby", Token);
        var lost = new Waiting<bool>();
        socket.OnDisconnected(_ => lost.Set(true));
        ns.For<ITestEvents>().All.Tick(1);
        var offset = JsonElement.Parse((await client.TextAsync())[2..])[2].GetString();
        client.Dispose();
        await lost.Value;
        return $$"""{"pid":"{{connect.GetProperty("pid").GetString()}}","offset":"{{offset}}"}""";
    }

    internal static ClaimsPrincipal User(string id) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, id)], "test"));

    /// <summary>Starts a server whose clients have the user of their query.</summary>
    internal static Task<TestServer> StartAsync(
        Action<SocketIOOptions>? configure = null, Action<SocketIOServer>? map = null, Action<IServiceCollection>? services = null) =>
        TestServer.StartAsync(configure, map: map, services: services, use: app => app.Use((context, next) =>
        {
            if (context.Request.Query["user"].ToString() is { Length: > 0 } id) context.User = User(id);
            return next(context);
        }));

    /// <summary>Connects a client of a user and returns it when it has joined the namespace.</summary>
    internal static async Task<WsClient> ConnectAsync(TestServer server, string? user, string path = "/") =>
        await WsClient.ConnectAsync(server, path, user is null ? "" : $"&user={user}");

    private sealed class Provider(Func<ClaimsPrincipal, string?> get) : ISocketUserIdProvider
    {
        public string? GetUserId(ClaimsPrincipal user) => get(user);
    }

    private static string RoomOf(string userId) => "user:" + userId;
}
