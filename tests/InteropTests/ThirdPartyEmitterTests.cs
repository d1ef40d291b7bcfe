using System.Text.Json.Nodes;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Emitters of other languages with a real Redis, a server of ours and official clients, which receive each event once.</summary>
public sealed class ThirdPartyEmitterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string All = "none r1 r12";
    private const string Room1 = "r1 r12";
    private const string Nsp = "nsp nspr";
    private const string NspRoom1 = "nspr";

    private static readonly (string Receivers, string Arguments)[] Common =
    [
        (All, """[{"a":1,"list":[1,"ü"],"none":null}]"""),
        (All, $"[\"{string.Concat(Enumerable.Repeat("é😀", 200))}\"]"),
        (Room1, """["one room"]"""),
        (Room1, """["two rooms"]"""),
        (Nsp, """["namespace"]"""),
        (NspRoom1, """["room of a namespace"]"""),
    ];

    [Theory]
    [InlineData("socket.io")]
    [InlineData("custom")]
    public async Task Recorded_events_of_every_language_reach_official_clients_once(string key)
    {
        var events = ThirdPartyEvent.All.Where(one => one.Row.Channel.StartsWith(key + "#", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(events);
        await using var audience = await ListenAsync(key);
        await using var sender = await ConnectionMultiplexer.ConnectAsync(redis.Address);

        foreach (var one in events) await sender.GetSubscriber().PublishAsync(RedisChannel.Literal(one.Row.Channel), one.Row.Payload);

        await audience.AssertReceivedAsync(
            events.Where(one => one.WithLegacy.Length > 0).Select(one => (one.WithLegacy, one.Row.Event + one.Row.Arguments)));
    }

    [Fact]
    public async Task Events_of_a_PHP_process_reach_official_clients_once()
    {
        await using var audience = await ListenAsync("php");

        await RunAsync(Tools.Php, "emit.php", "php");

        await audience.AssertReceivedAsync(
            Named([(All, """["payload",1,-1,4294967296,1.5,null,true]"""), .. Common, (All, """["ascii as binary"]""")]));
    }

    [Fact]
    public async Task Events_of_a_Perl_process_reach_official_clients_once()
    {
        await using var audience = await ListenAsync("perl");

        await RunAsync(Tools.Perl, "emit.pl", "perl");

        await audience.AssertReceivedAsync(
            Named([(All, """["payload",1,-1,4294967296,1.5,null]"""), .. Common, ("r12", """["other rooms"]""")]));
    }

    private static IEnumerable<(string Receivers, string Event)> Named(IEnumerable<(string Receivers, string Arguments)> events) =>
        events.Select(one => (one.Receivers, "event" + one.Arguments));

    private async Task RunAsync(string program, string script, string key)
    {
        await using var process = ChildProcess.Start(
            program, Path.Combine(Tools.Repository, "tests", "InteropTests", "emitters", script), "127.0.0.1", $"{redis.Port}", key);
        await Patience.UntilAsync(() => Task.FromResult(process.HasExited), $"{script} ends");
        Assert.Empty(process.Errors);
    }

    private Task<EmitterAudience> ListenAsync(string key) => EmitterAudience.ConnectAsync(redis, key);

    /// <summary>The five clients of the recordings, connected to a separate server.</summary>
    private sealed class EmitterAudience(DotnetServer server, ConnectionMultiplexer connection, string key, JsClients clients,
        Dictionary<string, JsSocket> sockets) : IAsyncDisposable
    {
        public static async Task<EmitterAudience> ConnectAsync(RedisServer redis, string key)
        {
            var server = await DotnetServer.StartAsync(redis, adapter: options => (options.Key, options.LegacyEmitters) = (key, true));
            server.Io.Of("/nsp").On("join", async (socket, arguments) =>
            {
                await socket.JoinAsync(arguments[0].GetString());
                await socket.Client<AnyEvents>().EmitAsync("joined", arguments[0].GetString());
            });
            var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
            await SubscribedAsync(server, connection, key);
            var clients = new JsClients();
            var sockets = new Dictionary<string, JsSocket>();
            foreach (var name in new[] { "none", "r1", "r12", "nsp", "nspr" })
            {
                var socket = sockets[name] = await clients.ConnectAsync(server.Url,
                    name.StartsWith("nsp", StringComparison.Ordinal) ? "/nsp" : "/");
                if (name is "r1" or "r12" or "nspr") await socket.JoinAsync("room1");
                if (name == "r12") await socket.JoinAsync("room2");
            }

            return new EmitterAudience(server, connection, key, clients, sockets);
        }

        public async Task AssertReceivedAsync(IEnumerable<(string Receivers, string Event)> events)
        {
            var expected = events.ToArray();
            var emitter = Emitter(connection, key);
            // Sent by the emitter, too: an event of the server itself would arrive earlier.
            await emitter.Of("/").All.EmitAsync("end");
            await emitter.Of("/nsp").All.EmitAsync("end");
            foreach (var (name, socket) in sockets)
            {
                Assert.Equal(
                    [.. expected.Where(one => one.Receivers.Split(' ').Contains(name)).Select(one => Same(one.Event)), "end[]"],
                    (await socket.UntilAsync("end")).Select(Same));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await clients.DisposeAsync();
            await connection.DisposeAsync();
            await server.DisposeAsync();
        }

        private static RedisEmitter Emitter(ConnectionMultiplexer connection, string key) =>
            new(connection, new RedisEmitterOptions { Key = key });

        // The subscriptions of the last namespace are the last of all: when Redis has them, it has the others.
        private static async Task SubscribedAsync(DotnetServer server, ConnectionMultiplexer connection, string key)
        {
            var emitter = Emitter(connection, key);
            await Patience.UntilAsync(async () =>
            {
                var receipt = new EmitReceipt();
                await emitter.Of("/nsp").All.WithReceipt(receipt).EmitAsync("ready");
                return receipt.Connections > 0
                    && await connection.GetSubscriber().PublishAsync(RedisChannel.Literal($"{key}#emitter"), "") > 0;
            }, $"{server.Url} has subscribed");
        }

        // The same value can be written in several ways and with its keys in any order.
        private static string Same(string text)
        {
            var at = text.IndexOf('[', StringComparison.Ordinal);
            return text[..at] + Sorted(JsonNode.Parse(text[at..]))!.ToJsonString();
        }

        private static JsonNode? Sorted(JsonNode? node) => node switch
        {
            JsonObject map =>
                new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
    }
}
