using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class RecoveryTests
{
    [Fact]
    public async Task Without_the_option_events_have_no_offset_and_no_socket_is_recovered()
    {
        await using var server = await TestServer.StartAsync();
        var (client, connect) = await SioClient.ConnectAsync(server, auth: "{\"pid\":\"x\",\"offset\":\"y\"}");
        using var closing = client;
        Assert.False(connect.TryGetProperty("pid", out _));
        server.Server.Of<ITestEvents>().All.Tick(1);
        Assert.Equal("42[\"tick\",1]", await client.NextAsync());
        Assert.False(server.Server.Of("/").Sockets.Single().Recovered);
    }

    [Fact]
    public async Task Events_that_can_be_recovered_have_an_offset_and_others_do_not()
    {
        await using var server = await StartAsync();
        var (client, connect) = await SioClient.ConnectAsync(server);
        using var closing = client;
        Assert.Matches("^[A-Za-z0-9_-]{20}$", connect.GetProperty("pid").GetString()!);
        Assert.NotEqual(connect.GetProperty("sid").GetString(), connect.GetProperty("pid").GetString());
        var socket = server.Server.Of("/").Sockets.Single();
        var all = server.Server.Of<ITestEvents>();
        await socket.JoinAsync("a", TestServer.Patience);

        all.All.Tick(1);
        all.To("a").Tick(2);
        socket.Client<ITestEvents>().Tick(3);
        await socket.Client<AnyEvents>().EmitAsync("none");
        NumberedEvent? last = null;
        foreach (var number in new[] { 1, 2, 3 })
        {
            var sent = await client.EventAsync();
            Assert.Equal(number, sent.Number);
            Assert.NotEqual(last?.Offset, sent.Offset);
            last = sent;
        }

        Assert.Matches("^42\\[\"none\",\"[^\"]+\"\\]$", await client.NextAsync());
        all.All.Volatile().Tick(4);
        Assert.Equal("42[\"tick\",4]", await client.NextAsync());
        var acked = socket.Client<AnyEvents>().EmitWithAckAsync("asked");
        Assert.Matches("^42\\d+\\[\"asked\"\\]$", await client.NextAsync());
        var ackedByAll = server.Server.Of("/").All.EmitWithAck("asked", 5);
        Assert.Matches("^42\\d+\\[\"asked\",5\\]$", await client.NextAsync());
        await client.CloseAsync();
        await Assert.ThrowsAnyAsync<AckException>(() => acked);
        Assert.Empty((await ackedByAll.ToResultAsync()).Results);
    }

    [Fact]
    public async Task An_event_sent_while_its_receiver_disconnects_is_recovered()
    {
        await using var server = await StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        var ns = server.Server.Of("/");
        server.Server.Of<ITestEvents>().All.Tick(1);
        var offset = (await client.EventAsync()).Offset;
        var progress = new Progress(0, ns.Recovery!.Position);
        var rooms = new Dictionary<string, long> { ["a"] = 0 };
        var ended = new RecoverableSession(
            ns.Holders, ns.Sockets.Single().Id, "pid", rooms, [], progress, 0, 0, null, HasToken: false, new RecoveryShare());

        server.Server.Of<ITestEvents>().All.Tick(2);
        progress = progress with { Last = ns.Recovery!.Position };
        ns.Recovery!.Keep(ended, in progress);
        Assert.NotNull(ns.Recovery!.Claim("pid", offset, null, hasToken: false, out var missingFrom));
        Assert.Equal(progress.Last - 1, missingFrom);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recovered_client_has_its_id_rooms_data_and_missed_events_before_new_ones(bool polling)
    {
        await using var server = await StartAsync();
        var joined = new Waiting<ISocket>();
        var lost = new Waiting<string>();
        var back = new Waiting<ISocket>();
        server.Server.Of("/").OnConnected(async socket =>
        {
            if (socket.Recovered)
            {
                socket.Client<ITestEvents>().Tick(100);
                await back.Set(socket);
                return;
            }

            if (socket.Handshake.Auth.ToJson() == "{}") return;
            await socket.JoinAsync(["a", "b"]);
            socket.Data = SocketArgument.FromJson("{\"name\":\"Ada\"}");
            socket.OnDisconnected(reason => lost.Set(reason.Reason.ToString()));
            await joined.Set(socket);
        });
        var (client, connect) = await SioClient.ConnectAsync(server, polling, auth: "{\"first\":true}");
        var (other, _) = await SioClient.ConnectAsync(server);
        using var closing = other;
        var all = server.Server.Of<ITestEvents>();
        var before = await joined.Value;
        all.All.Tick(1);
        var offset = (await client.EventAsync()).Offset;

        // In flight when the connection is lost.
        all.All.Tick(2);
        await client.LoseAsync();
        Assert.Equal("transport close", await lost.Value);
        all.All.Tick(3);
        all.To("b", "z").Tick(4);
        all.To("z").Tick(5);
        all.All.Except("a").Tick(6);
        all.All.Except(before.Id.ToString()).Tick(7);
        all.All.Volatile().Tick(8);
        before.Client<ITestEvents>().Tick(9);
        all.To(before.Id.ToString()).Tick(10);

        using var again = await SioClient.OpenAsync(server, polling);
        await again.SendAsync($"40{{\"pid\":\"{connect.GetProperty("pid").GetString()}\",\"offset\":\"{offset}\"}}");
        var socket = await back.Value;
        all.All.Tick(101);
        foreach (var number in new[] { 2, 3, 4, 9, 10 }) Assert.Equal(number, (await again.EventAsync()).Number);
        var answer = await again.NextAsync();
        Assert.Equal($"40{connect.GetRawText()}", answer);
        Assert.Equal(100, (await again.EventAsync()).Number);
        Assert.Equal(101, (await again.EventAsync()).Number);
        Assert.Equal(before.Id, socket.Id);
        Assert.NotSame(before, socket);
        Assert.Equal([socket.Id.ToString(), "a", "b"], socket.Rooms);
        Assert.Equal("{\"name\":\"Ada\"}", socket.Data.ToJson());
        Assert.Equal(2, server.Server.Of("/").Sockets.Count);
        client.Dispose();
    }

    [Fact]
    public async Task A_client_without_an_offset_recovers_all_events_since_it_connected()
    {
        await using var server = await StartAsync();
        server.Server.Of<ITestEvents>().All.Tick(0);
        var (client, connect) = await SioClient.ConnectAsync(server);
        await client.LoseAsync();
        await server.EmptyAsync();
        server.Server.Of<ITestEvents>().All.Tick(1);
        var (again, events) = await RecoverAsync(server, connect, null);
        using var closing = again;
        Assert.Equal([1], events);

        // The same events are recovered again if they were lost in transit.
        await again.LoseAsync();
        await server.EmptyAsync();
        server.Server.Of<ITestEvents>().All.Tick(2);
        (var third, events) = await RecoverAsync(server, connect, null);
        Assert.Equal([1, 2], events);
        third.Dispose();
    }

    [Theory]
    [InlineData("{\"pid\":\"unknown\",\"offset\":\"OFFSET\"}")]
    [InlineData("{\"pid\":\"PID\",\"offset\":\"other\"}")]
    [InlineData("{\"pid\":\"PID\",\"offset\":\"OFFSET0\"}")]
    [InlineData("{\"pid\":\"PID\",\"offset\":\"OFFSET9999999999999999999\"}")]
    [InlineData("{\"pid\":\"PID\",\"offset\":123}")]
    [InlineData("{\"pid\":\"PID\",\"offset\":null}")]
    [InlineData("{\"pid\":\"PID\",\"offset\":{\"a\":[\"OFFSET\"]}}")]
    [InlineData("{\"pid\":[\"PID\"],\"offset\":\"OFFSET\"}")]
    [InlineData("{\"pid\":\"\",\"offset\":\"OFFSET\"}")]
    [InlineData("{\"PID\":\"PID\",\"offset\":\"OFFSET\"}")]
    [InlineData("{\"offset\":\"OFFSET\"}")]
    [InlineData("")]
    public async Task An_unknown_pid_or_offset_gets_a_new_socket(string auth)
    {
        await using var server = await StartAsync();
        var (client, connect) = await SioClient.ConnectAsync(server);
        server.Server.Of<ITestEvents>().All.Tick(1);
        var offset = (await client.EventAsync()).Offset;
        await client.LoseAsync();
        await server.EmptyAsync();
        server.Server.Of<ITestEvents>().All.Tick(2);
        var pid = connect.GetProperty("pid").GetString();
        var (again, now) = await SioClient.ConnectAsync(server,
            auth: auth.Replace("PID\"", pid + "\"", StringComparison.Ordinal).Replace("OFFSET", offset, StringComparison.Ordinal));
        using var closing = again;
        Assert.NotEqual(connect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
        Assert.NotEqual(pid, now.GetProperty("pid").GetString());
        Assert.False(server.Server.Of("/").Sockets.Single().Recovered);
        server.Server.Of<ITestEvents>().All.Tick(3);
        Assert.Equal(3, (await again.EventAsync()).Number);
        client.Dispose();
    }

    [Fact]
    public async Task A_socket_that_left_or_was_disconnected_on_purpose_is_not_recovered()
    {
        await using var server = await StartAsync();
        foreach (var leave in new Func<SioClient, ISocket, Task>[]
        {
            (client, _) => client.SendAsync("41"),
            (_, socket) => socket.DisconnectAsync().AsTask(),
            (_, socket) => socket.DisconnectAsync(close: true).AsTask(),
        })
        {
            var (client, connect) = await SioClient.ConnectAsync(server);
            await leave(client, server.Server.Of("/").Sockets.Single());
            await server.EmptyAsync();
            var (again, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}");
            Assert.NotEqual(connect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
            await again.SendAsync("41");
            await server.EmptyAsync();
            client.Dispose();
            again.Dispose();
        }
    }

    [Fact]
    public async Task A_socket_is_recovered_once_even_if_many_clients_request_it()
    {
        await using var server = await StartAsync();
        var (client, connect) = await SioClient.ConnectAsync(server);
        var auth = $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}";

        // A socket that is still connected cannot be recovered by another client.
        var (early, earlier) = await SioClient.ConnectAsync(server, auth: auth);
        Assert.NotEqual(connect.GetProperty("sid").GetString(), earlier.GetProperty("sid").GetString());
        await client.LoseAsync();
        await early.LoseAsync();
        await server.EmptyAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SioClient.ConnectAsync(server, auth: auth)));
        Assert.Single(clients, one => one.Connect.GetProperty("sid").GetString() == connect.GetProperty("sid").GetString());
        Assert.Single(server.Server.Of("/").Sockets, socket => socket.Recovered);
        foreach (var (one, _) in clients) one.Dispose();
    }

    [Fact]
    public async Task A_client_that_returns_too_late_gets_a_new_socket()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time: time);
        var (first, firstConnect) = await SioClient.ConnectAsync(server);
        var (second, secondConnect) = await SioClient.ConnectAsync(server);
        await first.LoseAsync();
        await second.LoseAsync();
        await server.EmptyAsync();
        time.Advance(TimeSpan.FromMinutes(2));
        var (again, _) = await RecoverAsync(server, firstConnect, null);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var (late, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{secondConnect.GetProperty("pid").GetString()}\"}}");
        Assert.NotEqual(secondConnect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
        again.Dispose();
        late.Dispose();
    }

    [Fact]
    public async Task A_client_with_the_offset_of_its_last_event_is_recovered_independent_of_its_age()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time: time);
        var (client, connect) = await SioClient.ConnectAsync(server);
        server.Server.Of<ITestEvents>().All.Tick(1);
        var offset = (await client.EventAsync()).Offset;
        for (var i = 0; i < 20; i++)
        {
            server.Server.Of<ITestEvents>().To("others").Tick(2);
            time.Advance(TimeSpan.FromSeconds(25));
            await client.SendAsync("3");
            await client.SendAsync("40/nowhere,");
            Assert.StartsWith("44/nowhere,", await client.NextAsync(), StringComparison.Ordinal);
        }

        await client.LoseAsync();
        await server.EmptyAsync();
        server.Server.Of<ITestEvents>().All.Tick(3);
        var (again, events) = await RecoverAsync(server, connect, offset);
        Assert.Equal([3], events);
        again.Dispose();
    }

    internal static Task<TestServer> StartAsync(
        Action<ConnectionStateRecoveryOptions>? recovery = null, TimeProvider? time = null, Action<SocketIOOptions>? configure = null,
        Action<SocketIOServer>? map = null) => TestServer.StartAsync(
            o =>
            {
                o.ConnectionStateRecovery = new ConnectionStateRecoveryOptions();
                recovery?.Invoke(o.ConnectionStateRecovery);
                configure?.Invoke(o);
            },
            time,
            map);

    /// <summary>Recovers the socket of a CONNECT response, and fails if that is not possible.</summary>
    /// <returns>The client and the numbers of its missed events.</returns>
    internal static async Task<(SioClient Client, List<int> Missed)> RecoverAsync(TestServer server, JsonElement connect, string? offset)
    {
        var client = await SioClient.OpenAsync(server, polling: false);
        var pid = connect.GetProperty("pid").GetString();

        // The JavaScript client appends the application's auth data to its own members.
        const string Own = ",\"token\":\"secret\",\"more\":{\"pid\":1,\"offset\":[2]},\"n\":3}";
        await client.SendAsync((offset is null ? $"40{{\"pid\":\"{pid}\"" : $"40{{\"pid\":\"{pid}\",\"offset\":\"{offset}\"") + Own);
        List<int> missed = [];
        while (true)
        {
            var packet = await client.NextAsync();
            if (packet.StartsWith("40", StringComparison.Ordinal))
            {
                Assert.Equal($"40{connect.GetRawText()}", packet);
                return (client, missed);
            }

            missed.Add(NumberedEvent.Parse(packet).Number);
        }
    }
}
