using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>A worker without a server, with servers of .NET and Node of both kinds, on one Redis and on a cluster.</summary>
public sealed class WorkerRequestTests(RedisServer redis, RedisClusterServers cluster)
    : IClassFixture<RedisServer>, IClassFixture<RedisClusterServers>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool, bool> Places => new()
    {
        { false, false },
        { false, true },
        { true, false },
        { true, true },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Clients_and_servers_of_both_kinds_respond_to_a_worker(bool isSharded, bool isCluster)
    {
        await using var place = await WorkerPlace.StartAsync(AddressesOf(isCluster), isSharded);
        await RespondsAsync(place);
    }

    [Fact]
    public async Task Servers_that_respond_on_the_channel_of_the_requester_respond_to_a_worker()
    {
        await using var place = await WorkerPlace.StartAsync(redis.Address, isSharded: false, isSpecific: true);
        await RespondsAsync(place);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_worker_that_waits_for_responses_is_not_counted_as_a_server(bool isSharded, bool isCluster)
    {
        await using var place = await WorkerPlace.StartAsync(AddressesOf(isCluster), isSharded, timeout: TimeSpan.FromMinutes(5));
        var before = await place.ChannelsAsync();

        // Their clients do not acknowledge.
        var acks = place.Worker.Of("/").To("a").WithTimeout(TimeSpan.FromMinutes(5)).EmitWithAck("q", 1);
        Assert.Equal("q[1", (await place.Here.NextAsync("q"))[..3]);
        Assert.Equal("q[1", (await place.There.NextAsync("q"))[..3]);

        Assert.Equal((2, "2"), await place.CountsAsync());
        Assert.Equal(2, await place.Worker.ServerCountAsync(cancellationToken: Token));
        Assert.NotEqual(before, await place.ChannelsAsync());

        // The requests of Node fail when a counted server does not respond within five seconds.
        Assert.Contains(place.HereId, await place.NodeAsync("fetch", """{"rooms":["a"]}"""), StringComparison.Ordinal);
        Assert.Equal(2, (await place.Ours.Io.Of("/").All.FetchSocketsAsync(Token)).ThrowIfIncomplete().Count);
        await place.Worker.DisposeAsync();
        await Assert.ThrowsAsync<AckException<SocketArgument>>(() => acks.ToListAsync());
        await Patience.UntilAsync(
            async () => Enumerable.SequenceEqual(before, await place.ChannelsAsync()), "the worker has unsubscribed");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_frozen_server_does_not_suppress_the_responses_of_the_other(bool isSharded, bool isCluster)
    {
        await using var place = await WorkerPlace.StartAsync(AddressesOf(isCluster), isSharded, timeout: TimeSpan.FromSeconds(1));
        await place.Here.RespondAsync("q", """["here"]""");
        Assert.True((await place.Worker.Of("/").All.FetchSocketsAsync(Token)).IsComplete);
        place.Freeze(true);

        var fetched = await place.Worker.Of("/").All.FetchSocketsAsync(Token);
        Assert.Equal((place.HereId, 2, 1, 1),
            (fetched.Single().Id.ToString(), fetched.ExpectedNodes, fetched.RespondedNodes, fetched.MissingNodes));
        Assert.Equal(1, (await place.Worker.AllRoomsAsync(cancellationToken: Token)).MissingNodes);
        var clients = await place.Worker.Of("/").All.WithTimeout(TimeSpan.FromSeconds(1)).EmitWithAck("q").ToResultAsync();
        Assert.Equal(("\"here\"", false, 1), (clients.Results.Single().ToJson(), clients.IsComplete, clients.MissingNodes));
        var servers = await place.Worker.Servers().EmitWithAck("name?", 7).ToResultAsync();
        Assert.Equal(("""{"name":"dotnet","first":7}""", 1), (servers.Results.Single().ToJson(), servers.MissingNodes));

        place.Freeze(false);
        await Patience.UntilAsync(
            async () => (await place.Worker.Of("/").All.FetchSocketsAsync(Token)).IsComplete, "the Node server responds again");
    }

    [Fact]
    public async Task A_killed_worker_leaves_no_subscription()
    {
        await using var node = await NodePeer.StartAsync(redis);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var server = connection.GetServers()[0];
        await using var worker = ChildProcess.Start(Tools.Dotnet, Tools.Worker, "--redis", redis.Address);
        await worker.LineAsync("0 clients on 1 of 1 servers");

        // It waits for the response of the frozen server when it is killed.
        node.Freeze(true);
        var before = worker.Output.Count;
        Assert.True(Subscribers() is ["socket.io-response#/#", _, _, _], string.Join(' ', Subscribers()));
        worker.Signal("KILL");

        await Patience.UntilAsync(() => Task.FromResult(Subscribers().Length == 2), "only the Node server is subscribed");
        Assert.True(worker.Output.Count <= before + 1);
        Assert.Equal(1, await server.SubscriptionSubscriberCountAsync(RedisChannel.Literal("socket.io-request#/#")));

        string[] Subscribers() => [.. server.SubscriptionChannels(RedisChannel.Pattern("socket.io-response#/#*"))
            .Select(channel => channel.ToString()).Order(StringComparer.Ordinal)];
    }

    private static async Task RespondsAsync(WorkerPlace place)
    {
        await place.Here.RespondAsync("q", """[{"from":"here"}]""");
        await place.There.RespondAsync("q", """[{"$binary":"AQI="}]""");
        var all = place.Worker.Of("/");

        var acks = await all.To("a").WithTimeout(TimeSpan.FromSeconds(20)).EmitWithAck("q", 1, new byte[] { 9 });
        Assert.Equal(["""{"from":"here"}""", """{"type":"Buffer","data":[1,2]}"""],
            acks.Select(ack => ack.ToJson()).Order(StringComparer.Ordinal));
        var servers = await place.Worker.Servers().EmitWithAck("name?", 7);
        Assert.Equal(["""{"name":"dotnet","first":7}""", """{"name":"node","first":7}"""],
            servers.Select(ack => ack.ToJson()).Order(StringComparer.Ordinal));

        var fetched = (await all.To("a").FetchSocketsAsync(Token)).ThrowIfIncomplete();
        Assert.Equal((2, 2), (fetched.ExpectedNodes, fetched.RespondedNodes));
        Assert.Equal(new[] { place.HereId, place.ThereId }.Order(StringComparer.Ordinal),
            fetched.Select(socket => socket.Id.ToString()).Order(StringComparer.Ordinal));
        var theirs = fetched.Single(socket => socket.Id.ToString() == place.ThereId);
        Assert.Equal(("""{"host":"node"}""", "websocket"), (theirs.Data.ToJson(), theirs.Handshake.Query["transport"]));
        Assert.Single(await all.To("a").Except(place.ThereId).FetchSocketsAsync(Token));
        Assert.Equal(new[] { "a", place.HereId, place.ThereId }.Order(StringComparer.Ordinal),
            (await place.Worker.AllRoomsAsync(cancellationToken: Token)).ThrowIfIncomplete().Order(StringComparer.Ordinal));

        Assert.Equal("""{"from":"here"}""", (await fetched.Single(socket => socket.Id.ToString() == place.HereId).Client<AnyEvents>()
            .WithTimeout(TimeSpan.FromSeconds(20)).EmitWithAckAsync("q"))[0].ToJson());
        await all.To("a").JoinAsync(["b", "c"], Token);
        await theirs.LeaveAsync("b");
        await Patience.UntilAsync(
            async () => (await all.To("b").FetchSocketsAsync(Token)).Select(socket => socket.Id.ToString()).SequenceEqual([place.HereId])
                && (await all.To("c").FetchSocketsAsync(Token)).Count == 2,
            "the sockets have moved");
        await theirs.DisconnectAsync();
        Assert.Equal("$disconnect[\"io server disconnect\"]", await place.There.NextAsync("$disconnect"));
        await all.To("a").DisconnectAsync(close: true, Token);
        Assert.Equal("$disconnect[\"io server disconnect\"]", await place.Here.NextAsync("$disconnect"));
        Assert.Equal((2, "2"), await place.CountsAsync());
    }

    private string AddressesOf(bool isCluster) => isCluster ? cluster.Addresses : redis.Address;
}
