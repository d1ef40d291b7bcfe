using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public partial class RecoveryConditionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Middlewares_run_again_at_a_recovery_unless_they_are_skipped(bool skip)
    {
        List<string> seen = [];
        await using var server = await RecoveryTests.StartAsync(o => o.SkipMiddlewares = skip, map: io => io.Of("/").Use(async socket =>
        {
            seen.Add($"{socket.Recovered} {string.Join(',', socket.Rooms)} {socket.Data.ToJson()}");
            await socket.JoinAsync("noted");
            socket.Data = SocketArgument.FromJson("7");
        }));
        var (client, connect) = await SioClient.ConnectAsync(server);
        await server.Server.Of("/").Sockets.Single().JoinAsync("a", TestServer.Patience);
        await client.LoseAsync();
        await server.EmptyAsync();
        var (again, _) = await RecoveryTests.RecoverAsync(server, connect, null);
        using var closing = again;
        Assert.Equal(skip ? ["False  {}"] : ["False  {}", "True noted,a 7"], seen);
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.True(socket.Recovered);
        Assert.Equal([socket.Id.ToString(), "noted", "a"], socket.Rooms);
    }

    [Fact]
    public async Task A_recovery_can_be_repeated_after_a_refusal_or_a_disconnect()
    {
        var decide = new Queue<Func<ISocket, Task>>();
        var waiting = new Waiting<bool>();
        await using var server = await RecoveryTests.StartAsync(map: io => io.Of("/").Use(socket =>
            decide.TryDequeue(out var decision) ? decision(socket) : Task.CompletedTask));
        var (client, connect) = await SioClient.ConnectAsync(server);
        await client.LoseAsync();
        await server.EmptyAsync();
        server.Server.Of<ITestEvents>().All.Tick(1);

        decide.Enqueue(_ => throw new SocketEventException("not now"));
        decide.Enqueue(async socket =>
        {
            await waiting.Set(true);
            await socket.ConnectionAborted.CanceledAsync();
        });
        var auth = $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}";
        using var refused = await SioClient.OpenAsync(server, polling: false);
        await refused.SendAsync($"40{auth}");
        Assert.Equal("44{\"message\":\"not now\"}", await refused.NextAsync());
        await refused.SendAsync($"40{auth}");
        await waiting.Value;
        server.Server.Of<ITestEvents>().All.Tick(2);
        await refused.SendAsync("41");
        await refused.SendAsync("40/nowhere,");
        await refused.NextAsync();

        server.Server.Of<ITestEvents>().All.Tick(3);
        var (again, missed) = await RecoveryTests.RecoverAsync(server, connect, null);
        using var closing = again;
        Assert.Equal([1, 2, 3], missed);
        Assert.Single(server.Server.Of("/").Sockets);
    }

    [Fact]
    public async Task The_kept_events_are_bounded_and_their_charge_is_returned()
    {
        var time = new FakeTimeProvider();
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = 10_000, time);
        var (first, firstConnect) = await SioClient.ConnectAsync(server);
        await first.LoseAsync();
        await server.EmptyAsync();
        var all = server.Server.Of<ITestEvents>().All;
        for (var i = 0; i < 8; i++) all.Padded(i, 900);
        var (again, missed) = await RecoveryTests.RecoverAsync(server, firstConnect, null);
        Assert.Equal(Enumerable.Range(0, 8), missed);
        await again.LoseAsync();
        await server.EmptyAsync();

        // More than the budget: the oldest event is dropped, and the client can no longer be recovered.
        for (var i = 8; i < 30; i++) all.Padded(i, 900);
        var (late, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{firstConnect.GetProperty("pid").GetString()}\"}}");
        Assert.NotEqual(firstConnect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());

        // An event too large to be kept is still delivered, but disconnected clients can no longer be recovered.
        all.Padded(30, 20_000);
        Assert.Equal(30, NumberedEvent.Parse(await late.NextAsync()).Number);
        var budget = server.Server.Namespaces.RecoveryBudget;
        Assert.InRange(budget.Bytes, 0, 10_000);
        await late.LoseAsync();
        await server.EmptyAsync();
        Assert.InRange(budget.Bytes, 1, 10_000);
        time.Advance(TimeSpan.FromMinutes(5));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, budget.Bytes);
    }

    [Fact]
    public async Task The_kept_sockets_are_bounded_too()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = 3 * 1200);
        List<System.Text.Json.JsonElement> connects = [];
        for (var i = 0; i < 5; i++)
        {
            var (client, connect) = await SioClient.ConnectAsync(server);
            server.Server.Of("/").Sockets.Single().Data = new byte[600];
            await client.LoseAsync();
            await server.EmptyAsync();
            connects.Add(connect);
        }

        Assert.InRange(server.Server.Namespaces.RecoveryBudget.Bytes, 3 * 1100, 3 * 1200);
        var (again, _) = await RecoveryTests.RecoverAsync(server, connects[4], null);
        var (late, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{connects[0].GetProperty("pid").GetString()}\"}}");
        Assert.NotEqual(connects[0].GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
        again.Dispose();
        late.Dispose();
    }

    [Fact]
    public async Task The_missed_events_of_a_client_must_fit_its_queue()
    {
        await using var server = await RecoveryTests.StartAsync(configure: o => o.MaxQueuedBytes = 5_000);
        var (client, connect) = await SioClient.ConnectAsync(server);
        await client.LoseAsync();
        await server.EmptyAsync();
        for (var i = 0; i < 6; i++) server.Server.Of<ITestEvents>().All.Padded(i, 900);
        var (again, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}");
        using var closing = again;
        Assert.NotEqual(connect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task A_dynamic_namespace_is_kept_as_long_as_a_client_can_be_recovered()
    {
        var time = new FakeTimeProvider();
        await using var server = await RecoveryTests.StartAsync(time: time, configure: o => o.CleanupEmptyChildNamespaces = true);
        var rooms = server.Server.Of(Rooms());
        var (client, connect) = await SioClient.ConnectAsync(server, path: "/room-1");
        var left = new Waiting<bool>();
        rooms.Children.Single().Sockets.Single().OnDisconnected(_ => left.Set(true));
        await client.LoseAsync();
        await left.Value;
        var child = Assert.Single(rooms.Children);

        using var again = await SioClient.OpenAsync(server, polling: false);
        Assert.Equal(connect.GetRawText(),
            (await again.JoinAsync("/room-1", $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}")).GetRawText());
        await again.JoinAsync("/room-2");
        Assert.Contains(child, rooms.Children);
        left = new Waiting<bool>();
        child.Sockets.Single().OnDisconnected(_ => left.Set(true));
        again.Dispose();
        await left.Value;
        Assert.Equal(2, rooms.Children.Count);
        time.Advance(TimeSpan.FromMinutes(2));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(rooms.Children);
        Assert.Equal(0, server.Server.Namespaces.RecoveryBudget.Bytes);
    }

    [Fact]
    public async Task Recovery_with_another_adapter_is_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            o => o.ConnectionStateRecovery = new ConnectionStateRecoveryOptions(),
            services: services => services.AddSingleton<INamespaceAdapterFactory>(new CountingAdapters())));
        Assert.Contains("SocketIOOptions.ConnectionStateRecovery", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_of_outgoing_events_receive_events_as_they_were_sent()
    {
        List<string> seen = [];
        var all = new Waiting<bool>();
        await using var server = await RecoveryTests.StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        var socket = server.Server.Of("/").Sockets.Single();
        socket.OnAnyOutgoing((name, arguments) =>
        {
            seen.Add($"{name} {arguments.Count}");
            if (seen.Count == 2) all.Set(true);
        });
        server.Server.Of<ITestEvents>().All.Tick(1);
        socket.Client<ITestEvents>().Tick(2);
        await all.Value;
        Assert.Equal(["tick 1", "tick 1"], seen);
        Assert.Equal(1, (await client.EventAsync()).Number);
        Assert.Equal(2, (await client.EventAsync()).Number);
    }

    [Fact]
    public async Task Repeated_recovery_neither_loses_duplicates_nor_reorders_events_of_many_senders()
    {
        const int Senders = 4;
        const int PerSender = 2_000;
        await using var server = await RecoveryTests.StartAsync(configure: o => o.MaxQueuedBytes = 64 * 1024 * 1024);
        var (client, connect) = await SioClient.ConnectAsync(server);
        var id = server.Server.Of("/").Sockets.Single().Id.ToString();
        var sending = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < PerSender; i++)
            {
                var number = (sender * PerSender) + i;
                if (i % 2 == 0) server.Server.Of<ITestEvents>().All.Tick(number);
                else server.Server.Of<ITestEvents>().To(id).Tick(number);
                if (i % 50 == 0) await Task.Yield();
            }
        })).ToArray();

        List<int> received = [];
        string? offset = null;
        while (received.Count < Senders * PerSender)
        {
            for (var i = 0; i < 300 && received.Count < Senders * PerSender; i++)
            {
                (var number, offset) = await client.EventAsync();
                received.Add(number);
            }

            await client.LoseAsync();
            await server.EmptyAsync();
            (client, var missed, offset) = await RecoverAsync(server, connect, offset);
            received.AddRange(missed);
        }

        await Task.WhenAll(sending);
        Assert.Equal(Senders * PerSender, received.Distinct().Count());
        Assert.Equal(Senders * PerSender, received.Count);
        foreach (var sender in Enumerable.Range(0, Senders))
        {
            var own = received.Where(number => number / PerSender == sender).ToArray();
            Assert.Equal(own.Order(), own);
        }

        client.Dispose();
    }

    private static async Task<(SioClient Client, List<int> Missed, string? Offset)> RecoverAsync(
        TestServer server, System.Text.Json.JsonElement connect, string? offset)
    {
        var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync($"40{{\"pid\":\"{connect.GetProperty("pid").GetString()}\",\"offset\":\"{offset}\"}}");
        List<int> missed = [];
        while (true)
        {
            var packet = await client.NextAsync();
            if (packet.StartsWith("40", StringComparison.Ordinal))
            {
                Assert.Equal($"40{connect.GetRawText()}", packet);
                return (client, missed, offset);
            }

            (var number, offset) = NumberedEvent.Parse(packet);
            missed.Add(number);
        }
    }

    [GeneratedRegex(@"^/room-[0-9]+\z")]
    private static partial Regex Rooms();
}
