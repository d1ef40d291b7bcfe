using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The share of each client in the recovery budget, and the events that a client can recover.</summary>
public partial class RecoveryShareTests
{
    private const int MaxBytes = 1024 * 1024;
    private const int Share = 64 * 1024;

    [Fact]
    public async Task A_flood_to_one_client_affects_only_that_client()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes);
        var (away, awayConnect) = await SioClient.ConnectAsync(server);
        var (greedy, greedyConnect) = await SioClient.ConnectAsync(server);
        var flooded = SocketOf(server, greedyConnect);
        await LoseAsync(away, SocketOf(server, awayConnect));
        server.Server.Of<ITestEvents>().All.Tick(1);
        for (var i = 0; i < 100; i++) flooded.Client<ITestEvents>().Padded(i, 30_000);
        Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, 1, Share + 2_000);

        var (again, missed) = await RecoveryTests.RecoverAsync(server, awayConnect, null);
        using var closing = again;
        Assert.Equal([1], missed);

        // Its older events were dropped in favor of its newer ones.
        await LoseAsync(greedy, flooded);
        await AssertNotRecoveredAsync(server, greedyConnect);
    }

    [Fact]
    public async Task A_flood_to_one_client_in_many_namespaces_uses_one_share()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes);
        var rooms = server.Server.Of(Rooms());
        var (greedy, _) = await SioClient.ConnectAsync(server, path: "/room-0");
        using var closing = greedy;
        for (var room = 1; room < 20; room++) await greedy.JoinAsync($"/room-{room}");
        foreach (var socket in rooms.Children.SelectMany(child => child.Sockets))
        {
            for (var i = 0; i < 10; i++) socket.Client<ITestEvents>().Padded(i, 6_000);
        }

        // The record of a room, without its events, is charged only to the server's budget.
        Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, 1, Share + (20 * new RoomLog(new string('x', 20)).OwnCost));
    }

    [Fact]
    public async Task A_flood_to_one_room_affects_no_other_room()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes);
        var (away, awayConnect) = await SioClient.ConnectAsync(server);
        await SocketOf(server, awayConnect).JoinAsync("quiet", TestServer.Patience);
        var (greedy, greedyConnect) = await SioClient.ConnectAsync(server);
        using var closing = greedy;
        await SocketOf(server, greedyConnect).JoinAsync("loud", TestServer.Patience);
        await LoseAsync(away, SocketOf(server, awayConnect));
        var io = server.Server.Of<ITestEvents>();
        io.All.Tick(1);
        io.To("quiet").Tick(2);
        for (var i = 0; i < 100; i++) io.To("loud").Padded(i, 30_000);
        io.To("quiet").Tick(3);
        Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, 1, MaxBytes);

        var (again, missed) = await RecoveryTests.RecoverAsync(server, awayConnect, null);
        again.Dispose();
        Assert.Equal([1, 2, 3], missed);
    }

    [Fact]
    public async Task A_flood_in_one_namespace_affects_no_other_namespace()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes);
        server.Server.Of(Rooms());
        var (greedy, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = greedy;
        for (var i = 0; i < 100; i++) server.Server.Of("/room-1").For<ITestEvents>().All.Padded(i, 30_000);

        // The budget is used up; later events are kept nevertheless.
        var (away, awayConnect) = await SioClient.ConnectAsync(server);
        await LoseAsync(away, SocketOf(server, awayConnect));
        for (var i = 0; i < 5; i++) server.Server.Of<ITestEvents>().All.Padded(i, 10_000);
        Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, 1, MaxBytes);
        var (again, missed) = await RecoveryTests.RecoverAsync(server, awayConnect, null);
        again.Dispose();
        Assert.Equal(Enumerable.Range(0, 5), missed);
    }

    [Fact]
    public async Task The_kept_sockets_of_one_connection_have_one_share()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes);
        var rooms = server.Server.Of(Rooms());
        var (away, awayConnect) = await SioClient.ConnectAsync(server);
        await LoseAsync(away, SocketOf(server, awayConnect));
        var (greedy, _) = await SioClient.ConnectAsync(server, path: "/room-0");
        for (var room = 1; room < 60; room++) await greedy.JoinAsync($"/room-{room}");
        ISocket[] sockets = [.. rooms.Children.SelectMany(child => child.Sockets)];
        foreach (var socket in sockets) socket.Data = new byte[30_000];
        await LoseAsync(greedy, sockets);
        Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, 1, Share + 2_000);
        var (again, _) = await RecoveryTests.RecoverAsync(server, awayConnect, null);
        again.Dispose();
    }

    [Fact]
    public async Task Every_charge_is_returned_when_it_expires()
    {
        var time = new FakeTimeProvider();
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes, time);
        for (var round = 0; round < 3; round++)
        {
            var (client, connect) = await SioClient.ConnectAsync(server);
            var socket = SocketOf(server, connect);
            await socket.JoinAsync("room", TestServer.Patience);
            for (var i = 0; i < 50; i++) socket.Client<ITestEvents>().Padded(i, 3_000);
            for (var i = 0; i < 50; i++) server.Server.Of<ITestEvents>().To("room").Padded(i, 30_000);
            Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, Share, MaxBytes);
            await LoseAsync(client, socket);
            time.Advance(TimeSpan.FromMinutes(5));
            time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(0, server.Server.Namespaces.RecoveryBudget.Bytes);
        }
    }

    [Fact]
    public async Task Events_to_a_room_sent_before_the_client_joined_it_are_not_recovered()
    {
        await using var server = await RecoveryTests.StartAsync();
        var (member, _) = await SioClient.ConnectAsync(server);
        using var staying = member;
        await server.Server.Of("/").Sockets.Single().JoinAsync(["late", "secret", "moved"], TestServer.Patience);
        var (client, connect) = await SioClient.ConnectAsync(server);
        var socket = SocketOf(server, connect);
        var io = server.Server.Of<ITestEvents>();
        io.All.Tick(1);
        var offset = (await client.EventAsync()).Offset;
        io.To("late").Tick(2);
        io.To("late", "secret").Tick(3);
        io.All.Except("late").Tick(4);
        io.To("moved").Tick(5);
        await socket.JoinAsync("late", TestServer.Patience);
        await io.To(socket.Id.ToString()).JoinAsync(["moved"], TestServer.Patience);
        io.To("late").Tick(6);
        io.To("moved").Tick(7);
        io.All.Except("late").Tick(8);
        await LoseAsync(client, socket);
        io.To("late").Tick(9);
        var (again, missed) = await RecoveryTests.RecoverAsync(server, connect, offset);
        Assert.Equal([4, 6, 7, 9], missed);

        // A room that was left and joined again counts from the second join on; a recovered room counts as before.
        var back = server.Server.Of("/").Sockets.Single(one => one.Recovered);
        await back.LeaveAsync("late", TestServer.Patience);
        io.To("late").Tick(10);
        await back.JoinAsync("late", TestServer.Patience);
        io.To("moved").Tick(11);
        await LoseAsync(again, back);
        (again, missed) = await RecoveryTests.RecoverAsync(server, connect, offset);
        Assert.Equal([4, 7, 11], missed);
        again.Dispose();
        client.Dispose();
    }

    [Fact]
    public async Task Events_that_no_client_can_miss_are_not_kept()
    {
        await using var server = await RecoveryTests.StartAsync();
        var (client, connect) = await SioClient.ConnectAsync(server);
        await LoseAsync(client, SocketOf(server, connect));
        var before = server.Server.Namespaces.RecoveryBudget.Bytes;
        for (var i = 0; i < 100; i++) server.Server.Of<ITestEvents>().To("empty").Padded(i, 1_000);
        Assert.Equal(before, server.Server.Namespaces.RecoveryBudget.Bytes);
        var (again, missed) = await RecoveryTests.RecoverAsync(server, connect, null);
        Assert.Empty(missed);
        again.Dispose();
    }

    [Fact]
    public async Task The_secret_of_a_socket_is_never_in_a_compressed_response()
    {
        await using var server = await RecoveryTests.StartAsync();
        var connected = new Waiting<bool>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.Client<ITestEvents>().Padded(1, 5_000);
            return connected.Set(true);
        });
        using var client = await PollingClient.OpenAsync(server);
        await client.PostAsync("40");
        await connected.Value;
        var (encoding, body) = await PollAsync(server, client);
        Assert.Null(encoding);
        Assert.Contains("\"pid\":", body, StringComparison.Ordinal);
        Assert.Contains("\"tick\"", body, StringComparison.Ordinal);

        // A response without the secret is compressed.
        server.Server.Of<ITestEvents>().All.Padded(2, 5_000);
        (encoding, body) = await PollAsync(server, client);
        Assert.Equal("gzip", encoding);
    }

    private static async Task<(string? Encoding, string Body)> PollAsync(TestServer server, PollingClient client)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url($"EIO=4&transport=polling&sid={client.Sid}"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await http.SendAsync(request, TestServer.Patience);
        return (response.Content.Headers.ContentEncoding.SingleOrDefault(), await response.Content.ReadAsStringAsync(TestServer.Patience));
    }

    private static ISocket SocketOf(TestServer server, JsonElement connect) =>
        server.Server.Of("/").Sockets.Single(socket => socket.Id.ToString() == connect.GetProperty("sid").GetString());

    private static async Task LoseAsync(SioClient client, params IEnumerable<ISocket> sockets)
    {
        var ended = sockets.Select(socket =>
        {
            var one = new Waiting<bool>();
            socket.OnDisconnected(_ => one.Set(true));
            return one.Value;
        }).ToArray();
        await client.LoseAsync();
        await Task.WhenAll(ended);
    }

    private static async Task AssertNotRecoveredAsync(TestServer server, JsonElement connect)
    {
        var (client, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}");
        Assert.NotEqual(connect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
        client.Dispose();
    }

    [GeneratedRegex(@"^/room-[0-9]+\z")]
    private static partial Regex Rooms();
}
