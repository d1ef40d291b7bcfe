using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Namespaces and rooms of any name, compared with the recorded results of two Node.js servers. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class RecordedClusterServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const string Two = "classic, two nodes: ";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Rooms whose names are not strings: a lone surrogate, true, null, and a number, which differs from its text.</summary>
    private static readonly string[] NoNames = ["room \"\\ud83d\"", "room true (boolean)", "room null (object)",
        "member of \"7\", emit to 7"];

    private readonly string _key = $"recorded-{Guid.NewGuid():N}";

    public static TheoryData<string, RedisSubscriptionMode> Namespaces => Both("namespace ");

    public static TheoryData<string, RedisSubscriptionMode> Rooms => Both("room ");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Namespaces))]
    public async Task A_namespace_of_any_name_reaches_the_other_node(string name, RedisSubscriptionMode mode)
    {
        // With brackets or a backslash in the name Node.js does not receive the messages of its own namespace.
        var observed = Observed(Two + name).GetArrayLength();
        Assert.Equal(name.Contains('[', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) ? 0 : 2, observed);
        var path = name["namespace ".Length..];
        await using var from = Open(mode);
        await using var to = Open(mode);
        await using var sender = from.Create(path, JsonPacketFormat.Default);
        await using var receiver = to.Create(path, JsonPacketFormat.Default);
        var socket = new RecordingSocket();
        await receiver.JoinAsync(socket, ["r"], Token);
        var everyone = Emitters.Over<ITestEvents>(sender);
        await ReceivesAsync(socket, () => everyone.All.Emit("ready"));

        everyone.All.Emit("hello");
        await everyone.To("r").EmitAsync("room");

        await socket.SeesAsync(Received(path, "room"), Timeout);
        Assert.Equal([Received(path, "hello"), Received(path, "room")],
            socket.Received.Where(one => !one.Contains("ready", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public async Task A_room_of_any_name_reaches_its_members_on_the_other_node(string name, RedisSubscriptionMode mode)
    {
        Assert.Equal(1, Observed(Two + name).GetProperty("delivered").GetInt32());
        var text = name["room ".Length..];
        var room = text[0] == '"' ? JsonSerializer.Deserialize<string>(text)! : text[..text.IndexOf(' ', StringComparison.Ordinal)];
        var (from, to) = await PairAsync(mode);
        await using var sender = from;
        await using var receiver = to;
        await receiver.JoinAsync(receiver.Socket, room);
        receiver.Socket.Forget();

        sender.Everyone.To(room).Emit("room");
        sender.Everyone.To(room, "another", room).Emit("rooms");
        sender.Everyone.To(room).Except(receiver.Socket.Id.ToString()).Emit("except");
        await sender.Everyone.All.EmitAsync("end");

        await receiver.Socket.SeesAsync(Events.Packet("end"), Timeout);
        Assert.Equal([Events.Packet("room"), Events.Packet("rooms"), Events.Packet("end")], receiver.Socket.Received);
    }

    [Fact]
    public async Task Only_nodes_with_the_namespace_are_counted()
    {
        var observed = Observed("classic: serverCount of a namespace that exists on one node only");
        await using var one = Open(RedisSubscriptionMode.Pattern);
        await using var other = Open(RedisSubscriptionMode.Pattern);
        await using var root = one.Create("/", JsonPacketFormat.Default);
        await using var alone = one.Create("/only-x", JsonPacketFormat.Default);
        await using var otherRoot = other.Create("/", JsonPacketFormat.Default);

        await UntilAsync(root, observed.GetProperty("root").GetInt32());
        await UntilAsync(alone, observed.GetProperty("only").GetInt32());
    }

    [Fact]
    public void Every_row_about_two_nodes_is_compared_or_excluded_for_a_reason()
    {
        string[] other = ["member of two target rooms", "except(socket id on the other node)"];
        var rows = Vector.Read("10-behaviours").Select(row => row.Name).Where(row => row.StartsWith(Two, StringComparison.Ordinal))
            .Select(row => row[Two.Length..]);

        Assert.Equal(rows.Order(StringComparer.Ordinal),
            Namespaces.Concat(Rooms).Select(row => row.Data.Item1).Distinct().Concat(NoNames).Concat(other).Order(StringComparer.Ordinal));
    }

    private static TheoryData<string, RedisSubscriptionMode> Both(string start)
    {
        var data = new TheoryData<string, RedisSubscriptionMode>();
        foreach (var row in Vector.Read("10-behaviours").Where(row => row.Name.StartsWith(Two + start, StringComparison.Ordinal)))
        {
            if (NoNames.Contains(row.Name[Two.Length..])) continue;
            data.Add(row.Name[Two.Length..], RedisSubscriptionMode.Pattern);
            data.Add(row.Name[Two.Length..], RedisSubscriptionMode.PerRoom);
        }

        return data;
    }

    private static JsonElement Observed(string name) => Vector.Read("10-behaviours").Single(row => row.Name == name).Observed;

    private static string Received(string path, string name) => $"2{path},[\"{name}\"]";

    private RedisAdapterFactory Open(RedisSubscriptionMode mode) => RedisAdapterFactory.Open(
        ConfigurationOptions.Parse(redis.Configuration), new RedisAdapterOptions { Key = _key, SubscriptionMode = mode },
            NullLoggerFactory.Instance, TimeProvider.System);

    private async Task<(ServerNode From, ServerNode To)> PairAsync(RedisSubscriptionMode mode)
    {
        var from = await ServerNode.StartAsync(redis.Configuration, configure: Configure);
        var to = await ServerNode.StartAsync(redis.Configuration, configure: Configure);
        await to.JoinAsync(to.Socket, to.Socket.Id.ToString());
        await to.ReceivesAsync(from);
        return (from, to);

        void Configure(RedisAdapterOptions options) => (options.Key, options.SubscriptionMode) = (_key, mode);
    }

    private static async Task ReceivesAsync(RecordingSocket socket, Action send)
    {
        for (var attempt = 0; !socket.Received.Any(one => one.Contains("ready", StringComparison.Ordinal)); attempt++)
        {
            Assert.True(attempt < 100, "No event of the other node was received.");
            send();
            await Record.ExceptionAsync(() => socket.SeesAsync("never", RetryAfter));
        }
    }

    private static async Task UntilAsync(INamespaceAdapter adapter, int count)
    {
        var idle = new RecordingSocket();
        for (var attempt = 0; await Counted(adapter) != count; attempt++)
        {
            Assert.True(attempt < 100, $"The number of counted nodes is not {count}.");
            await Record.ExceptionAsync(() => idle.SeesAsync("never", RetryAfter));
        }
    }

    /// <summary>Returns the number of nodes, or 0 until the connection to Redis is established.</summary>
    private static async Task<int> Counted(INamespaceAdapter adapter)
    {
        try
        {
            return await adapter.ServerCountAsync(Token);
        }
        catch (RedisException)
        {
            return 0;
        }
    }
}
