using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class LimitTests
{
    [Fact]
    public async Task A_socket_is_in_a_bounded_number_of_rooms()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxRoomsPerSocket = 3);
        using var counted = new Counts(server, "typedsocketredis.server.rooms.refused");
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        await socket.JoinAsync(["a", "b"], TestServer.Patience);
        await socket.JoinAsync(["a", "b", socket.Id.ToString()], TestServer.Patience);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => socket.JoinAsync(["a", "c"], TestServer.Patience).AsTask());
        Assert.Contains("SocketIOOptions.MaxRoomsPerSocket", refused.Message, StringComparison.Ordinal);
        Assert.Equal([socket.Id.ToString(), "a", "b"], socket.Rooms);
        await socket.LeaveAsync("b", TestServer.Patience);
        await socket.JoinAsync("c", TestServer.Patience);
        Assert.Equal([socket.Id.ToString(), "a", "c"], socket.Rooms);
        Assert.Equal(1, counted.Times);
    }

    [Fact]
    public async Task A_room_that_is_joined_has_a_bounded_name()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        var remote = Assert.Single(await server.Server.Of("/").All.FetchSocketsAsync(TestServer.Patience));
        var (longest, tooLong) = (new string('x', RoomNames.MaxLength), new string('x', RoomNames.MaxLength + 1));
        Assert.Equal(UserRooms.MaxPrefix + UserRooms.MaxId, RoomNames.MaxLength);

        foreach (var join in new Func<ValueTask>[]
        {
            () => socket.JoinAsync(tooLong, TestServer.Patience),
            () => socket.JoinAsync(["a", tooLong], TestServer.Patience),
            () => server.Server.Of("/").All.JoinAsync(tooLong, TestServer.Patience),
            () => server.Server.Of("/").All.JoinAsync(["a", tooLong], TestServer.Patience),
            () => remote.JoinAsync(tooLong),
        })
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(() => join().AsTask());
            Assert.Contains("1088 characters", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal([socket.Id.ToString()], socket.Rooms);
        await socket.JoinAsync(longest, TestServer.Patience);
        Assert.Equal([socket.Id.ToString(), longest], socket.Rooms);
        await server.Server.Of("/").To(tooLong).EmitAsync("x");
        await socket.LeaveAsync(tooLong, TestServer.Patience);
    }

    [Theory]
    [InlineData(300, 0)]
    [InlineData(1900, 1)]
    public async Task A_client_with_a_large_auth_is_refused_by_the_namespace(int length, int refused)
    {
        await using var server = await TestServer.StartAsync(o => o.MaxHandshakeSize = 2000);
        using var counted = new Counts(server, "typedsocketredis.server.sockets.refused");
        using var client = await SioClient.OpenAsync(server, polling: false);

        await client.SendAsync($$"""40{"token":"{{new string('x', length)}}"}""");

        var answer = await client.NextAsync();
        if (refused == 0) Assert.StartsWith("40{", answer, StringComparison.Ordinal);
        else Assert.Equal("44{\"message\":\"Handshake too large\"}", answer);
        Assert.Equal(refused, counted.Tags("reason").Count("handshake".Equals));
        Assert.Equal(1 - refused, server.Server.Of("/").Sockets.Count);
    }

    [Fact]
    public async Task The_rooms_of_a_middleware_are_bounded_too()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxRoomsPerSocket = 3, map: io => io.Of("/").Use(async socket =>
        {
            await socket.JoinAsync(["a", "b"]);
            if (socket.Handshake.Auth.ToJson() == "{}") await socket.JoinAsync("c");
        }));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40");
        Assert.Equal("44{\"message\":\"The connection could not be made.\"}", await client.NextAsync());
        await client.JoinAsync("/", "{\"few\":true}");
        Assert.Equal(3, server.Server.Of("/").Sockets.Single().Rooms.Count);
    }

    [Theory]
    [InlineData(58, false, 0)]
    [InlineData(59, false, 1)]
    [InlineData(100, true, 42)]
    public async Task Events_sent_by_a_middleware_are_bounded(int events, bool isVolatile, int dropped)
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 64 * 1024, map: io => io.Of("/").Use(socket =>
        {
            for (var i = 0; i < events; i++)
            {
                var client = socket.Client<ITestEvents>();
                (isVolatile ? client.Volatile() : client).Padded(i, bytes: 1000 - 24 - $"{i}".Length);
            }

            return Task.CompletedTask;
        }));
        using var lost = new Counts(server, "typedsocketredis.server.messages.dropped");
        using var client = await WsClient.OpenAsync(server);
        await client.SendAsync("40");
        if (dropped == 0 || isVolatile) Assert.StartsWith("40{", await client.TextAsync(), StringComparison.Ordinal);
        else await Assert.ThrowsAsync<WebSocketException>(client.TextAsync);
        for (var i = 0; i < events && dropped == 0; i++)
            Assert.StartsWith($"42[\"tick\",{i},", await client.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(dropped, lost.Tags("reason").Count("budget".Equals));
    }

    [Fact]
    public async Task A_client_that_joins_and_leaves_repeatedly_does_not_accumulate_admissions()
    {
        const int Limit = 5;
        var deciding = new Waiting<bool>();
        var decide = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(o => o.MaxSocketsPerConnection = Limit, map: io => io.Of("/slow")
            .Use(async _ =>
        {
            await deciding.Set(true);
            await decide.Task;
        }));
        using var client = await SioClient.OpenAsync(server, polling: false);
        for (var i = 0; i < Limit; i++)
        {
            deciding = new Waiting<bool>();
            await client.SendAsync("40/slow,");
            await deciding.Value;
            await client.SendAsync("41/slow,");
        }

        await client.SendAsync("40/slow,");
        Assert.Equal("44/slow,{\"message\":\"Too many namespaces on one connection\"}", await client.NextAsync());
        decide.SetResult();
        while (true)
        {
            await client.SendAsync("40/slow,");
            if ((await client.NextAsync()).StartsWith("40/slow,{", StringComparison.Ordinal)) break;
        }
    }

    [Fact]
    public async Task A_client_that_joins_and_leaves_repeatedly_does_not_accumulate_handlers()
    {
        const int Limit = 3;
        var finish = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            o => o.MaxSocketsPerConnection = Limit, map: io => io.Of("/slow").OnConnected(_ => finish.Task));
        using var refused = new Counts(server, "typedsocketredis.server.sockets.refused");
        using var client = await SioClient.OpenAsync(server, polling: false);
        for (var i = 0; i < 2 * Limit; i++)
        {
            await client.SendAsync("40/slow,");
            Assert.StartsWith("40/slow,{", await client.NextAsync(), StringComparison.Ordinal);
            await client.SendAsync("41/slow,");
        }

        await client.SendAsync("40/slow,");
        Assert.Equal("44/slow,{\"message\":\"Too many namespaces on one connection\"}", await client.NextAsync());
        Assert.Equal(["limit"], refused.Tags("reason"));
        finish.SetResult();
        while (true)
        {
            await client.SendAsync("40/slow,");
            if ((await client.NextAsync()).StartsWith("40/slow,{", StringComparison.Ordinal)) break;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_sends_too_fast_is_read_more_slowly_and_loses_no_event(bool polling)
    {
        const int Rate = 10;
        const int Events = 30;
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(
            o => (o.MaxEventsPerSecond, o.PingInterval) = (Rate, TimeSpan.FromDays(1)), time,
            map: io => io.Of("/").On("count", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("count", arguments).AsTask()));
        using var throttled = new Counts(server, "typedsocketredis.server.events.throttled");
        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        var sending = client.SendAsync([.. Enumerable.Range(0, Events).Select(i => $"42[\"count\",{i}]")]);

        // The packets of one second, including the CONNECT, are handled immediately.
        for (var i = 0; i < Rate - 1; i++) Assert.Equal($"42[\"count\",{i}]", await client.NextAsync());
        var rest = Task.Run(
            async () =>
            {
                for (var i = Rate - 1; i < Events; i++) Assert.Equal($"42[\"count\",{i}]", await client.NextAsync());
            },
            TestServer.Patience);
        Assert.True(await time.PassUntilAsync(rest) >= TimeSpan.FromSeconds(2));
        await rest;
        await sending;
        Assert.InRange(throttled.Times, 1, Events - Rate + 1);
    }
}
