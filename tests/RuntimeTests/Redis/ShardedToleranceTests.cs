using System.Text;
using System.Text.Json;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Odd messages on sharded channels, one by one: what a server of Node.js was seen to do with them, or nothing where it ended.</summary>
public class ShardedToleranceTests
{
    private const string Everybody = "none r1 r12";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly IReadOnlyList<Vector> All = Vector.Read("09-tolerance-sharded");

    /// <summary>Rows where more is understood than by Node, which ended or disconnected its clients.</summary>
    private static readonly string[] Understood = ["broadcast: packet type 5", "leave: rooms string"];

    public static TheoryData<string> Rows => [.. All.Where(HasSubscriber).Select(row => row.Name)];

    public static TheoryData<string> Crashes => [.. All.Where(row => row.Observed.TryGetProperty("serverProcessCrash", out _)).Select(row => row.Name).Except(Understood)];

    [Fact]
    public void Every_row_is_heard_but_those_on_channels_without_a_subscriber() => Assert.Equal((60, 2, 9), (All.Count, All.Count(row => !HasSubscriber(row)), Crashes.Count));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_message_does_what_it_did_with_Node_or_nothing(string name)
    {
        var row = All.Single(one => one.Name == name);
        await using var node = CreateNode();
        List<string> events = [];
        node.Adapter.ServerEvents.On("sse", arguments =>
        {
            lock (events) events.Add(arguments[0].ToJson());
            return Task.FromResult(EventArguments.FromJson("""["sse-ack"]"""));
        });

        Receive(node, row);

        foreach (var answer in AnswersTo(row))
        {
            var sent = await node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message).StartsWith(answer.Start, StringComparison.Ordinal), Timeout);
            Assert.Equal((answer.Channel, answer.Text.Replace(answer.Uid, Encoding.UTF8.GetString(node.Uid), StringComparison.Ordinal)), (sent.Channel, Encoding.UTF8.GetString(sent.Message)));
        }

        Assert.Equal(ReceiversOf(row), node.Receivers(Assert.Single));
        Assert.Equal(Disconnected(row), string.Join(' ', new[] { "none", "r1", "r12" }.Where(one => node[one].Disconnected is not null)));
        foreach (var one in new[] { "none", "r1", "r12" }) Assert.Equal(RoomsAfter(row, one), string.Join(' ', node.Adapter.RoomsOf(node[one])));
        Assert.DoesNotContain(DropCause.Handler, node.Causes);
        await DeliversAfterAsync(node);
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task What_ends_a_server_of_Node_is_dropped_and_counted(string name)
    {
        await using var node = CreateNode();

        Receive(node, All.Single(one => one.Name == name));

        Assert.False(DropCause.IsNormal(Assert.Single(node.Causes)), node.Causes[0]);
        await DeliversAfterAsync(node);
    }

    [Fact]
    public async Task Every_truncation_of_every_recorded_message_is_dropped_and_what_follows_is_delivered()
    {
        foreach (var row in Vector.Read("05-sharded").Where(row => row.Payload.Length is > 0 and < 400).Take(60))
        {
            await using var node = CreateNode();
            for (var length = 0; length < row.Payload.Length; length++) node.Receive("socket.io#/#", row.Payload.AsMemory(0, length));

            Assert.Equal(row.Payload.Length, node.Causes.Count);
            Assert.DoesNotContain(DropCause.Handler, node.Causes);
            Assert.Equal("", node.Receivers(Assert.Single));
            await DeliversAfterAsync(node);
        }
    }

    private static SingleNode CreateNode() => new(new ShardedRedisAdapterOptions(), "/", ("none", []), ("r1", ["room1"]), ("r12", ["room1", "room2"]));

    /// <summary>The message after it arrives.</summary>
    private static async Task DeliversAfterAsync(SingleNode node)
    {
        node.Receive("socket.io#/#", """{"type":3,"data":{"packet":{"type":2,"data":["after"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"0123456789abcdef","nsp":"/"}"""u8.ToArray());
        await node["none"].SeesAsync(Events.Packet("after"), Timeout);
    }

    /// <summary>Hands a node the message; the recorded node's own channel and id are this one's.</summary>
    private static void Receive(SingleNode node, Vector row)
    {
        var uid = Encoding.UTF8.GetString(node.Uid);
        var message = row.Payload;
        if (row.Name.EndsWith("own uid", StringComparison.Ordinal))
            message = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message).Replace(row.Decoded.GetProperty("uid").GetString()!, uid, StringComparison.Ordinal));
        node.Receive(row.Name.StartsWith("response channel", StringComparison.Ordinal) ? $"socket.io#/#{uid}#" : row.Channel, message);
    }

    private static bool HasSubscriber(Vector row) => !row.Observed.TryGetProperty("subscribers", out var count) || count.GetInt32() > 0;

    private static string ReceiversOf(Vector row)
    {
        if (row.Name == Understood[0]) return Everybody;
        if (!row.Observed.TryGetProperty("clients", out var clients)) return "";
        return string.Join(' ', clients.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array).Select(one => one.Name));
    }

    private static string Disconnected(Vector row) => row.Name == Understood[0] || !row.Observed.TryGetProperty("clients", out var clients)
        ? ""
        : string.Join(' ', clients.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String).Select(one => one.Name.Split(' ')[0]));

    private static string RoomsAfter(Vector row, string socket)
    {
        var before = socket switch { "r1" => "room1", "r12" => "room1 room2", _ => "" };
        if (row.Name == Understood[1]) return before.Replace("room1", "", StringComparison.Ordinal).Trim();
        return row.Observed.TryGetProperty("roomsAfter", out var after) && after.TryGetProperty(socket, out var rooms)
            ? string.Join(' ', rooms.EnumerateArray().Select(room => room.GetString()))
            : before;
    }

    /// <summary>What Node answered, but for what its clients acknowledged.</summary>
    private static IEnumerable<(string Channel, string Text, string Uid, string Start)> AnswersTo(Vector row)
    {
        if (!row.Observed.TryGetProperty("published", out var published)) yield break;
        foreach (var one in published.EnumerateArray())
        {
            var text = one.GetProperty("payload").GetString()!;
            using var json = JsonDocument.Parse(text);
            var type = json.RootElement.GetProperty("type").GetInt32();
            if (type != (int)ShardedMessageType.Ack) yield return (one.GetProperty("channel").GetString()!, text, json.RootElement.GetProperty("uid").GetString()!, $$"""{"type":{{type}},""");
        }
    }
}
