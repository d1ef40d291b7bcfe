using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace TypedSocketRedis.Tests.Testing;

/// <summary>The harness over servers that it starts itself.</summary>
public class HarnessTests
{
    private static readonly ClaimsPrincipal Ada = User("Ada");

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SocketIOParser.Default)]
    [InlineData(SocketIOParser.MessagePack)]
    public async Task A_command_returns_the_result_of_its_handler_after_the_events_it_sent(SocketIOParser parser)
    {
        await using var harness = await StartAsync(io => io.Services.Configure<SocketIOOptions>(options => options.Parser = parser));
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        byte[] picture = [1, 2, 3];

        Assert.Equal(2, await ada.EmitAsync(c => c.Say("lobby", "hi", picture)));
        Assert.Equal(5, await ada.EmitAsync(c => c.Say("lobby", "hello")));

        var events = ada.ReceivedOf<ParlorEvents.Said>();
        Assert.Equal(["hi", "hello"], events.Select(said => said.Text));
        Assert.Equal(picture, events[0].Picture);
        Assert.Equal(new ParlorEvents.Said("Ada", "hello", null), events[1]);
        Assert.Equal("said(\"Ada\",\"hello\")", ada.Received[^1].ToString());
    }

    [Fact]
    public async Task Events_of_one_type_are_taken_in_order_also_when_they_arrived_before()
    {
        await using var harness = await StartAsync();
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        var bob = await harness.ConnectAsync<IParlorCommands>(cancellationToken: Token);
        await ada.EmitAsync(c => c.Say("lobby", "one"));
        var next = bob.ReceiveAsync<ParlorEvents.Said>(Token);
        var third = ada.ReceiveAsync<ParlorEvents.Said>(Token);
        await bob.EmitAsync(c => c.Say("lobby", "two"));

        Assert.Equal("one", (await next).Text);
        Assert.Equal(new ParlorEvents.Said("guest", "two", null), await bob.ReceiveAsync<ParlorEvents.Said>(Token));
        Assert.Equal("one", (await third).Text);
    }

    [Fact]
    public async Task Rooms_select_the_clients_that_receive_an_event()
    {
        await using var harness = await StartAsync();
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        var bob = await harness.ConnectAsync<IParlorCommands>(cancellationToken: Token);
        await ada.EmitAsync(c => c.Enter("kitchen"));
        await ada.EmitAsync(c => c.Say("kitchen", "for the kitchen"));
        await ada.EmitAsync(c => c.Say("lobby", "for all"));

        Assert.Equal("for all", (await bob.ReceiveAsync<ParlorEvents.Said>(Token)).Text);
        Assert.Equal(2, ada.ReceivedOf<ParlorEvents.Said>().Count);
    }

    [Fact]
    public async Task A_failed_command_throws_what_the_client_is_informed_of()
    {
        await using var harness = await StartAsync();
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);

        var failed = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Fail("No such room.")));
        var hidden = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Fail()));
        var refused = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Close(Token)));

        Assert.Contains("\"fail\"", failed.Message, StringComparison.Ordinal);
        Assert.Contains("No such room.", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", hidden.Message, StringComparison.Ordinal);
        Assert.Null(hidden.Code);
        Assert.Equal("forbidden", refused.Code);
        Assert.True(ada.IsConnected);
    }

    [Fact]
    public async Task Authorization_and_middlewares_refuse_a_client()
    {
        await using var harness = await StartAsync();
        var io = harness.Services.GetRequiredService<SocketIOServer>();
        io.Of("/parlor").Use(socket => socket.Handshake.Auth["banned"].TryGetBoolean(out var banned) && banned
            ? throw new SocketEventException("Banned.", SocketArgument.FromJson("""{"code":"banned","days":3}""")) : Task.CompletedTask);

        var refused = await Assert.ThrowsAsync<SocketHarnessException>(() => harness.ConnectAsync<IParlorCommands>(
            Ada, client => client.Auth = SocketArgument.FromJson("""{"banned":true}"""), Token));

        Assert.Equal(("Banned.", "banned", 3), (refused.Message, refused.Code, refused.Details["days"].GetInt32()));
        await harness.ConnectAsync<IParlorCommands>(Ada, client => client.Auth = SocketArgument.EmptyObject, Token);
    }

    [Fact]
    public async Task A_client_acknowledges_events_also_those_received_before()
    {
        await using var harness = await StartAsync();
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        var buying = ada.EmitAsync(c => c.Buy(99));
        Assert.Equal(99, (await ada.ReceiveAsync<ParlorEvents.Confirm>(Token)).Price);
        Assert.False(buying.IsCompleted);

        ada.Acknowledge((ParlorEvents.Confirm confirm) => confirm.Price < 100);

        Assert.True(await buying);
        Assert.False(await ada.EmitAsync(c => c.Buy(100)));
    }

    [Fact]
    public async Task A_failed_acknowledgement_function_is_the_cause_of_the_disconnection()
    {
        await using var harness = await StartAsync();
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        ada.Acknowledge<ParlorEvents.Confirm, bool>(_ => throw new InvalidOperationException("The price is unknown."));

        var buying = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Buy(99)));
        var sending = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Buy(99)));
        var receiving = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.ReceiveAsync<ParlorEvents.Said>(Token));

        Assert.All([buying, sending, receiving], thrown => Assert.Equal("The price is unknown.", thrown.InnerException?.Message));
    }

    [Fact]
    public async Task Time_is_virtual_for_the_server_and_clients_answer_its_pings()
    {
        await using var harness = await StartAsync(
            io => io.Services.Configure<SocketIOOptions>(options => options.PingInterval = TimeSpan.FromSeconds(20)));
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        var buying = ada.EmitAsync(c => c.Buy(1));
        await ada.ReceiveAsync<ParlorEvents.Confirm>(Token);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(buying.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<SocketHarnessException>(() => buying);

        // Without a response to the ping after 20 seconds, the server closes the connection after 40 seconds.
        await ada.EmitAsync(c => c.Enter("kitchen"));
        _time.Advance(TimeSpan.FromSeconds(11));
        await ada.EmitAsync(c => c.Enter("hall"));
        Assert.True(ada.IsConnected);
    }

    [Fact]
    public async Task Nodes_exchange_events_and_requests()
    {
        await using var harness = await StartAsync(nodes: 3);
        var clients = new List<HarnessClient<IParlorCommands>>();
        for (var node = 0; node < 3; node++)
        {
            var at = node;
            clients.Add(await harness.ConnectAsync<IParlorCommands>(User($"user {node}"), client => client.Node = at, Token));
        }

        await clients[0].EmitAsync(c => c.Say("lobby", "hi"));
        foreach (var client in clients) Assert.Equal(new("user 0", "hi", null), await client.ReceiveAsync<ParlorEvents.Said>(Token));
        var events = harness.Nodes[1].GetRequiredService<IEmitter<IParlorEvents>>();
        var fetched = await events.All.FetchSocketsAsync(Token);

        Assert.Equal((3, true), (fetched.Count, fetched.IsComplete));
        clients[2].Acknowledge((ParlorEvents.Confirm _) => true);
        Assert.True(await events.To(clients[2].Id).Confirm(1, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => harness.ConnectAsync<IParlorCommands>(configure: client => client.Node = 3, cancellationToken: Token));
    }

    [Fact]
    public async Task Both_sides_can_disconnect()
    {
        await using var harness = await StartAsync();
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        var leaving = await harness.ConnectAsync<IParlorCommands>(User("Bob"), cancellationToken: Token);
        var offline = await harness.ConnectAsync<IParlorCommands>(User("Cy"), cancellationToken: Token);
        var refused = await harness.ConnectAsync<IParlorCommands>(User("Di"), cancellationToken: Token);
        await leaving.DisconnectAsync();
        Assert.Equal(new("Bob", $"{DisconnectReason.ClientNamespaceDisconnect}"), await ada.ReceiveAsync<ParlorEvents.Left>(Token));
        await offline.DisposeAsync();
        Assert.Equal(new("Cy", $"{DisconnectReason.TransportClose}"), await ada.ReceiveAsync<ParlorEvents.Left>(Token));
        await harness.Services.GetRequiredService<IEmitter<IParlorEvents>>().To(refused.Id.ToString())
            .DisconnectAsync(cancellationToken: Token);
        Assert.Equal(new("Di", $"{DisconnectReason.ServerNamespaceDisconnect}"), await ada.ReceiveAsync<ParlorEvents.Left>(Token));

        await refused.Disconnected.WaitAsync(Token);
        Assert.Equal([true, false, false, false], new[] { ada, leaving, offline, refused }.Select(one => one.IsConnected));
        await Assert.ThrowsAsync<SocketHarnessException>(() => refused.EmitAsync(c => c.Enter("kitchen")));
        await Assert.ThrowsAsync<SocketHarnessException>(() => refused.ReceiveAsync<ParlorEvents.Said>(Token));
    }

    [Fact]
    public async Task A_client_without_a_contract_uses_any_namespace_and_sends_by_name()
    {
        await using var harness = await StartAsync();
        harness.Services.GetRequiredService<SocketIOServer>().Of("/feed").On(
            "sum", (_, sent) => Task.FromResult(SocketArguments.Of(sent[0].GetInt32() + sent[1].GetInt32())));
        var client = await harness.ConnectAsync<AnyEvents>(configure: options => options.Namespace = "feed", cancellationToken: Token);

        Assert.Equal("/feed", client.Path);
        Assert.Equal(5, (await client.EmitAsync("sum", 2, 3))[0].GetInt32());
        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.ConnectAsync<IParlorEvents>(cancellationToken: Token));
    }

    [Fact]
    public async Task A_client_is_connected_when_the_handlers_of_its_connection_have_completed()
    {
        await using var harness = await StartAsync();
        var (started, allowed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var parlor = harness.Services.GetRequiredService<SocketIOServer>().Of("/parlor");
        parlor.OnConnected(async socket =>
        {
            started.SetResult();
            await allowed.Task;
            await socket.JoinAsync("late");
        });

        var connecting = harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        await started.Task.WaitAsync(Token);
        Assert.False(connecting.IsCompleted);
        allowed.SetResult();
        var ada = await connecting;

        Assert.Superset(new HashSet<string> { "late", "lobby" }, parlor.Sockets.Single(one => one.Id == ada.Id).Rooms.ToHashSet());
    }

    [Fact]
    public async Task A_client_that_the_handlers_of_its_connection_wait_for_is_connected()
    {
        await using var harness = await StartAsync();
        var confirmed = new TaskCompletionSource<bool>();
        var registration = harness.Services.GetRequiredService<SocketIOServer>().Of("/parlor").OnConnected(
            async socket => confirmed.SetResult(await socket.Client<IParlorEvents>().Confirm(5)));
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        Assert.False(confirmed.Task.IsCompleted);
        ada.Acknowledge((ParlorEvents.Confirm confirm) => confirm.Price == 5);
        Assert.True(await confirmed.Task.WaitAsync(Token));

        registration.Dispose();
        harness.Services.GetRequiredService<SocketIOServer>().Of("/parlor").OnConnected(async socket => await socket.DisconnectAsync());
        var refused = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        await refused.Disconnected.WaitAsync(Token);
    }

    [Fact]
    public async Task Handlers_of_a_connection_that_do_not_complete_are_reported()
    {
        await using var harness = await SocketHarness.StartAsync(
            Configure, options => options.Timeout = TimeSpan.FromMilliseconds(200), Token);
        var ended = new TaskCompletionSource();
        harness.Services.GetRequiredService<SocketIOServer>().Of("/parlor").OnConnected(_ => ended.Task);

        var late = await Assert.ThrowsAsync<TimeoutException>(
            () => harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token));

        Assert.Contains("OnConnectedAsync or OnConnected", late.Message, StringComparison.Ordinal);
        ended.SetResult();
    }

    [Fact]
    public async Task A_missing_event_is_reported_with_those_that_were_received()
    {
        await using var harness = await SocketHarness.StartAsync(
            Configure, options => options.Timeout = TimeSpan.FromMilliseconds(200), Token);
        var ada = await harness.ConnectAsync<IParlorCommands>(Ada, cancellationToken: Token);
        await ada.EmitAsync(c => c.Say("lobby", "hi"));

        var missing = await Assert.ThrowsAsync<TimeoutException>(() => ada.ReceiveAsync<ParlorEvents.Left>(Token));

        Assert.Contains("\"left\"", missing.Message, StringComparison.Ordinal);
        Assert.Contains("said(\"Ada\",\"hi\")", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_out_of_range_is_an_exception() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => SocketHarness.StartAsync(Configure, options => options.Nodes = 0, Token));

    private static ClaimsPrincipal User(string name) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)], "test"));

    private static void Configure(SocketIOBuilder io)
    {
        io.Services.AddAuthorization();
        io.Services.AddSingleton<Ledger>();
        io.AddHandler<ParlorHandler>();
    }

    private Task<SocketHarness> StartAsync(Action<SocketIOBuilder>? configure = null, int nodes = 1) => SocketHarness.StartAsync(
        io =>
        {
            Configure(io);
            configure?.Invoke(io);
        },
        options => (options.Time, options.Nodes) = (_time, nodes),
        Token);
}
