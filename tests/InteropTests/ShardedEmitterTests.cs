using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Our emitter and a Node server with sharded pub/sub, in each mode, on one Redis and a cluster, with official clients.</summary>
public sealed class ShardedEmitterTests(RedisServer redis, RedisClusterServers cluster)
    : IClassFixture<RedisServer>, IClassFixture<RedisClusterServers>
{
    private const string Warm = "warm";

    public static TheoryData<string, ShardedSubscriptionMode, bool> Modes => new(
        from mode in new[] { ("static", ShardedSubscriptionMode.Static), ("dynamic", ShardedSubscriptionMode.Dynamic),
            ("dynamic-private", ShardedSubscriptionMode.DynamicPrivate) }
        from isCluster in new[] { false, true }
        select (mode.Item1, mode.Item2, isCluster));

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Clients_of_a_Node_server_receive_every_kind_of_event(string name, ShardedSubscriptionMode mode, bool isCluster)
    {
        await using var place = await Place.StartAsync(AddressesOf(isCluster), name, mode);
        var (io, x, y) = (place.Main, place.X, place.Y);

        await io.All.EmitAsync("text", "all");
        await ReceiveAsync(x, "text[\"all\"]");
        await ReceiveAsync(y, "text[\"all\"]");
        await io.To("a").EmitAsync("text", "a");
        await ReceiveAsync(x, "text[\"a\"]");
        await io.To("a", "b").EmitAsync("text", "a or b");
        await ReceiveAsync(x, "text[\"a or b\"]");
        await io.All.Except("a").EmitAsync("text", "not a");
        await ReceiveAsync(y, "text[\"not a\"]");
        await io.To("a").Except("b").EmitAsync("bytes", new byte[] { 0, 255 }, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        await ReceiveAsync(x, """bytes[{"$binary":"AP8="},"2026-01-02T03:04:05.000Z"]""");
        await io.To(place.YId).EmitAsync("text", "only y");
        await ReceiveAsync(y, "text[\"only y\"]");
        await place.Desk.All.EmitAsync("text", "desk");
        await ReceiveAsync(place.D, "text[\"desk\"]");
        await io.All.EmitAsync("end");
        await ReceiveAsync(x, "end[]");
        await ReceiveAsync(y, "end[]");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_Node_server_receives_socket_operations_and_server_events(string name, ShardedSubscriptionMode mode, bool isCluster)
    {
        await using var place = await Place.StartAsync(AddressesOf(isCluster), name, mode);
        var (io, x, y) = (place.Main, place.X, place.Y);

        await io.All.Except("a").JoinAsync(["new", "newer"], TestContext.Current.CancellationToken);
        await place.SubscribedAsync(io.To("new"));
        await place.SubscribedAsync(io.To("newer"));
        await io.To("new").EmitAsync("text", "joined");
        await ReceiveAsync(y, "text[\"joined\"]");
        await io.To("a", "new").LeaveAsync("newer", TestContext.Current.CancellationToken);
        await io.To("newer", "nobody").EmitAsync("text", "left");
        await io.All.EmitAsync("text", "after");
        await ReceiveAsync(y, "text[\"after\"]");
        await ReceiveAsync(x, "text[\"after\"]");

        await place.Emitter.Servers("/").EmitAsync("note", "hello", 7, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.Equal("""["hello",7,"2026-01-02T03:04:05.000Z"]""", await place.Server.NoteAsync());
        await place.Emitter.Servers("/").EmitAsync("note", new byte[] { 1 });
        Assert.Equal("""[{"$binary":"AQ=="}]""", await place.Server.NoteAsync());

        await io.To("new").DisconnectAsync(close: true, TestContext.Current.CancellationToken);
        Assert.Equal("$disconnect[\"io server disconnect\"]", await y.NextAsync("$disconnect"));
        await io.All.EmitAsync("end");
        await ReceiveAsync(x, "end[]");
    }

    private string AddressesOf(bool isCluster) => isCluster ? cluster.Addresses : redis.Address;

    /// <summary>Asserts the next event of a client, except for the events that test its subscriptions.</summary>
    private static async Task ReceiveAsync(JsSocket client, string expected)
    {
        var received = await client.UntilAsync(expected[..expected.IndexOf('[', StringComparison.Ordinal)]);
        Assert.Equal([expected], received.Where(one => !one.StartsWith(Warm, StringComparison.Ordinal) && one[0] != '$'));
    }

    /// <summary>An emitter and a fully subscribed server with three clients: x in room a, y in no room, d in another namespace.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly JsClients _clients = new();
        private readonly ConnectionMultiplexer _connection;

        private Place(NodeShardedServer server, ConnectionMultiplexer connection, RedisEmitter emitter) =>
            (Server, _connection, Emitter) = (server, connection, emitter);

        public NodeShardedServer Server { get; }

        public RedisEmitter Emitter { get; }

        public IEmitter<AnyEvents> Main => Emitter.Of("/");

        public IEmitter<AnyEvents> Desk => Emitter.Of("/desk");

        public JsSocket X { get; private set; } = null!;

        public JsSocket Y { get; private set; } = null!;

        public JsSocket D { get; private set; } = null!;

        public string YId { get; private set; } = "";

        public static async Task<Place> StartAsync(string addresses, string name, ShardedSubscriptionMode mode)
        {
            var prefix = $"sio-{name}";
            var server = await NodeShardedServer.StartAsync(addresses, name, prefix);
            var connection = await ConnectionMultiplexer.ConnectAsync(addresses);
            var place = new Place(server, connection,
                new RedisEmitter(connection,
                    new RedisEmitterOptions { Key = prefix, Sharded = new ShardedEmitterOptions { SubscriptionMode = mode } }));
            place.X = await place._clients.ConnectAsync(server.Url);
            await place.X.JoinAsync("a");
            (place.Y, place.YId) = await place._clients.ConnectWithIdAsync(server.Url);
            place.D = await place._clients.ConnectAsync(server.Url, "/desk");
            await place.SubscribedAsync(place.Main.All);
            await place.SubscribedAsync(place.Desk.All);
            await place.SubscribedAsync(place.Main.To("a"));
            await place.SubscribedAsync(place.Main.To(place.YId));
            return place;
        }

        /// <summary>Waits until the server has subscribed to a target: it subscribes to rooms some time after they were joined.</summary>
        public Task SubscribedAsync(IBroadcast<AnyEvents> target) => Patience.UntilAsync(
            async () =>
            {
                var receipt = new EmitReceipt();
                await target.WithReceipt(receipt).EmitAsync(Warm);
                return receipt.Connections > 0;
            },
            "the server is subscribed");

        public async ValueTask DisposeAsync()
        {
            await _clients.DisposeAsync();
            await Server.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
