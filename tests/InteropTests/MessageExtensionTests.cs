using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests;

/// <summary>Tests that collect the spans of the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TracedAlone
{
    public const string Name = "Traced alone";
}

/// <summary>Messages with a trace in clusters with servers on Node, which ignore it, and of those servers, which have none.</summary>
[Collection(TracedAlone.Name)]
public sealed class MessageExtensionTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Namespace = "socket.io#/#";

    private static readonly IReadOnlyList<Vector> Recorded = Vector.Read("14-extension");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_on_Node_and_ours_exchange_events_with_and_without_a_trace()
    {
        using var spans = new SpanListener();
        await using var cluster = await Cluster.StartAsync(redis);
        await using var messages = await Messages.SubscribeAsync(redis);
        cluster.Ours.Io.Of("/").OnServerEvent("who?", _ => Task.FromResult(SocketArguments.Of("dotnet")));

        cluster.Main.To("a").Text("traced");
        Assert.Equal("text[\"traced\"]", await cluster.There.NextAsync("text"));
        Assert.Equal("text[\"traced\"]", await cluster.Here.NextAsync("text"));
        await messages.ContainAsync("traced", "tp");

        await cluster.Node.DoAsync("emit", """{"rooms":["a"],"event":"text","args":["plain"]}""");
        Assert.Equal("text[\"plain\"]", await cluster.Here.NextAsync("text"));
        Assert.Equal("text[\"plain\"]", await cluster.There.NextAsync("text"));
        Assert.Equal(default, (await EndedAsync(spans, "deliver")).ParentSpanId);

        var acks = await cluster.Ours.Io.Of("/").Servers().EmitWithAck("name?", 1).ToListAsync(Token);
        Assert.Equal("""{"name":"node","first":1}""", Assert.Single(acks).ToJson());
        await messages.ContainAsync("name?", "\"ext\":{\"tp\":\"00-");
        var sent = await EndedAsync(spans, "send to servers");
        Assert.Equal(sent.SpanId, (await EndedAsync(spans, "receive ack")).ParentSpanId);

        Assert.Equal("""{"error":null,"responses":["dotnet"]}""",
            await cluster.Node.DoAsync("askServers", """{"event":"who?","args":[]}"""));
        await messages.ContainAsync("dotnet", "\"ext\":{\"tp\":\"00-");
        Assert.Equal(default, (await EndedAsync(spans, "handle")).ParentSpanId);
    }

    [Fact]
    public async Task Node_delivers_the_recorded_classic_messages_without_their_extension()
    {
        await using var node = await NodePeer.StartAsync(redis);
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(node.Url);
        await client.JoinAsync("ready");
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);

        foreach (var row in Recorded.Where(row => row.Command == "PUBLISH"))
        {
            await connection.GetSubscriber().PublishAsync(RedisChannel.Literal(row.Channel), row.Payload);
            if (row.Event == "text") await ReceiveAsync(row, client);
            if (row.Event == "note") Assert.StartsWith($"[\"classic\"", await node.NoteAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("1", await node.DoAsync("count", "{}"));
    }

    [Fact]
    public async Task Node_delivers_the_recorded_sharded_messages_without_their_extension()
    {
        await using var node = await NodeShardedServer.StartAsync(redis.Address, "static", "socket.io");
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(node.Url);
        await client.JoinAsync("ready");
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var database = connection.GetDatabase();
        await Patience.UntilAsync(
            async () => (long)((RedisResult[])(await database.ExecuteAsync("PUBSUB", "SHARDNUMSUB", Namespace))!)[1] == 1,
            "the server is subscribed");

        foreach (var row in Recorded.Where(row => row.Command == "SPUBLISH"))
        {
            await database.ExecuteAsync("SPUBLISH", row.Channel, row.Payload);
            if (row.Event == "text") await ReceiveAsync(row, client);
            if (row.Event == "note") Assert.StartsWith("[\"sharded\"", await node.NoteAsync(), StringComparison.Ordinal);
        }

        using var spans = new SpanListener();
        var emitter = new RedisEmitter(connection, new RedisEmitterOptions { Sharded = new ShardedEmitterOptions() });
        await emitter.Of("/").All.EmitAsync("text", "traced");
        Assert.Equal("text[\"traced\"]", await client.NextAsync("text"));
        Assert.Equal("1", await node.DoAsync("count", "{}"));
    }

    private static async Task ReceiveAsync(Vector row, JsSocket client)
    {
        var arguments = row.Arguments.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

        // The client reports the callback of an acknowledgement as null.
        if (row.Name.Contains("acknowledged", StringComparison.Ordinal)) arguments = $"{arguments[..^1]},null]";
        Assert.Equal($"text{arguments}", await client.NextAsync("text"));
    }

    /// <summary>Waits until a span of an operation has ended, and returns the last one.</summary>
    private static async Task<Activity> EndedAsync(SpanListener spans, string operation)
    {
        await Patience.UntilAsync(
            () => Task.FromResult(spans.Ended.Any(span => span.DisplayName == operation)), $"a span {operation}");
        return spans.Ended.Last(span => span.DisplayName == operation);
    }

    /// <summary>All messages of the adapters on a Redis server.</summary>
    private sealed class Messages(ConnectionMultiplexer connection) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _texts = new();

        public static async Task<Messages> SubscribeAsync(RedisServer redis)
        {
            var messages = new Messages(await ConnectionMultiplexer.ConnectAsync(redis.Address));
            await messages.StartAsync();
            return messages;
        }

        /// <summary>Waits for a message that contains both texts.</summary>
        public Task ContainAsync(string first, string second) => Patience.UntilAsync(
            () => Task.FromResult(_texts.Any(text =>
                text.Contains(first, StringComparison.Ordinal) && text.Contains(second, StringComparison.Ordinal))),
            $"a message with {first} and {second}");

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private Task StartAsync() => connection.GetSubscriber().SubscribeAsync(
            RedisChannel.Pattern("socket.io*"), (_, message) => _texts.Enqueue(Encoding.Latin1.GetString((byte[])message!)));
    }
}
