using System.Net;

namespace TypedSocketRedis.Tests.Deployment;

/// <summary>The cases of docs/deployment.md: two nodes behind a proxy, with official clients.</summary>
public abstract class ProxyTests(ProxiedNodes nodes)
{
    private static readonly string[][] AllTransports = [["polling"], ["websocket"], ["polling", "websocket"]];

    private int _lastTick;

    [Theory]
    [InlineData("polling", "polling")]
    [InlineData("websocket", "websocket")]
    [InlineData("polling,websocket", "websocket")]
    public async Task Clients_of_both_nodes_send_and_receive(string transports, string used)
    {
        await nodes.EmptyAsync();
        await using var crowd = new Crowd(nodes.Url);
        await crowd.OpenAsync(10, transports.Split(','));
        await crowd.UntilAllAsync(client => client.Transport == used, $"the transport is {used}");

        await TickAsync("a", 10);
        await TickAsync("b", 10);
        await crowd.SendAsync(5);

        var clients = await crowd.UntilAllAsync(client => client.Ticks.Length == 20, "all events are received");
        Assert.Equal(["a", "b"], clients.Select(client => client.Node).Distinct().Order(StringComparer.Ordinal));
        Assert.All(clients, client => AssertUndisturbed(client, 20, 5));
    }

    [Fact]
    public async Task A_hundred_clients_lose_no_event()
    {
        await using var crowd = new Crowd(nodes.Url);
        await OpenHundredAsync(crowd);

        var sending = crowd.SendAsync(20);
        for (var round = 0; round < 100; round++)
        {
            await TickAsync("a", 1);
            await TickAsync("b", 1);
        }

        await sending;
        var clients = await crowd.UntilAllAsync(client => client.Ticks.Length == 200, "all events are received");
        Assert.All(clients, client => AssertUndisturbed(client, 200, 20));
    }

    [Fact]
    public async Task Clients_of_a_node_that_stops_miss_only_events_between_two_connections()
    {
        await using var crowd = new Crowd(nodes.Url);
        await OpenHundredAsync(crowd);
        var sending = crowd.SendAsync(20);
        await TickAsync("b", 20);

        var ending = nodes.Node("a").EndAsync();
        try
        {
            while (!(await crowd.ReportAsync()).All(client => client is { IsConnected: true, Node: "b" }))
            {
                await TickAsync("b", 1);
                await Pause.ForAsync(TimeSpan.FromMilliseconds(20));
            }

            await TickAsync("b", 20);
            await sending;
            Assert.Equal(0, await ending);
            var clients = await crowd.UntilAllAsync(client => client.Ticks.LastOrDefault() == _lastTick, "the last event is received");
            Assert.InRange(clients.Count(client => client.Sessions.Length > 1), 1, clients.Count - 1);
            Assert.All(clients, AssertOnlyGapsBetweenSessions);
        }
        finally
        {
            await ending;
            await nodes.StartAsync("a");
        }

        await Patience.UntilAsync(ReachesAAsync, "the proxy uses the node that has returned");
    }

    [Fact]
    public async Task Requests_of_a_session_reach_its_node() => Assert.All(
        await SessionRequests.SendAsync(nodes.Url), status => Assert.Equal(HttpStatusCode.OK, status));

    [Theory]
    [InlineData("a.0123456789")]
    [InlineData("b.0123456789")]
    [InlineData("0123456789")]
    public async Task An_unknown_session_gets_status_400_and_its_reason(string id)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(
            $"{nodes.Url}/socket.io/?EIO=4&transport=polling&sid={id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            """{"code":1,"message":"Session ID unknown"}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static void AssertUndisturbed(Crowd.Observed client, int ticks, int acknowledged)
    {
        // Events of two nodes have no order between them.
        Assert.Equal(Enumerable.Range(1, ticks), client.Ticks.Order());
        Assert.Equal(acknowledged, client.Acknowledged);
        Assert.Single(client.Sessions);
        Assert.Empty(client.Losses);
        Assert.Empty(client.Errors);
    }

    /// <summary>Asserts that events are in order, not repeated, and missing only between the end of a session and the next.</summary>
    private void AssertOnlyGapsBetweenSessions(Crowd.Observed client)
    {
        Assert.Equal(20, client.Acknowledged);
        Assert.Equal(client.Sessions.Length - 1, client.Losses.Length);
        var connected = client.Sessions.Skip(1).Select(session => session.After).ToHashSet();
        Assert.True(connected.SetEquals(client.Losses.Select(loss => loss.After)), $"{client}");
        var last = 0;
        foreach (var (tick, index) in client.Ticks.Select((tick, index) => (tick, index)))
        {
            Assert.True(tick == last + 1 || (tick > last && connected.Contains(index)), $"{last}, {tick}: {client}");
            last = tick;
        }

        Assert.Equal(_lastTick, last);
    }

    private static async Task OpenHundredAsync(Crowd crowd)
    {
        await Task.WhenAll(AllTransports.Select((transports, index) => crowd.OpenAsync(index == 0 ? 34 : 33, transports)));
        await crowd.UntilAllAsync(client => client.Transport == client.Transports.Split(',')[^1], "the upgrades are complete");
    }

    private async Task TickAsync(string node, int count)
    {
        for (var i = 0; i < count; i++) await nodes.TickAsync(node, ++_lastTick);
    }

    private async Task<bool> ReachesAAsync()
    {
        await using var crowd = new Crowd(nodes.Url);
        await crowd.OpenAsync(4, "websocket");
        return (await crowd.ReportAsync()).Any(client => client.Node == "a");
    }
}

/// <inheritdoc/>
public sealed class NginxTests(NginxNodes nodes) : ProxyTests(nodes), IClassFixture<NginxNodes>;

/// <inheritdoc/>
public sealed class HAProxyTests(HAProxyNodes nodes) : ProxyTests(nodes), IClassFixture<HAProxyNodes>;

/// <inheritdoc/>
public sealed class YarpTests(YarpNodes nodes) : ProxyTests(nodes), IClassFixture<YarpNodes>;

/// <summary>The symptom of a proxy without sticky sessions.</summary>
public sealed class NoStickinessTests(NginxNodesWithoutStickiness nodes) : IClassFixture<NginxNodesWithoutStickiness>
{
    [Fact]
    public async Task Polling_without_sticky_sessions_ends_with_Session_ID_unknown() => Assert.Equal(
        [HttpStatusCode.OK, HttpStatusCode.BadRequest],
        (await SessionRequests.SendAsync(nodes.Url)).Distinct().Order());
}
