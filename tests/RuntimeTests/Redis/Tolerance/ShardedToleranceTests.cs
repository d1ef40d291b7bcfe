using System.Text;
using System.Text.Json;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Unusual messages on sharded channels with the recorded effects on a Node.js server, or none where its process ended.</summary>
public class ShardedToleranceTests
{
    private const string AllClients = "none r1 r12";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly IReadOnlyList<Vector> All = Vector.Read("09-tolerance-sharded");

    /// <summary>Rows that are accepted here, although the Node.js process ended or disconnected its clients.</summary>
    private static readonly string[] Accepted = ["broadcast: packet type 5", "leave: rooms string"];

    private static IEnumerable<string> Normal => Enum.GetValues<DropReason>().Where(DropReasons.IsNormal).Select(DropReasons.Text);

    public static TheoryData<string> Rows => [.. All.Where(HasSubscriber).Select(row => row.Name)];

    public static TheoryData<string> Crashes =>
        [.. All.Where(row => row.Observed.TryGetProperty("serverProcessCrash", out _)).Select(row => row.Name).Except(Accepted)];

    [Fact]
    public void Every_row_is_covered_except_those_on_channels_without_a_subscriber() =>
        Assert.Equal((60, 2, 9), (All.Count, All.Count(row => !HasSubscriber(row)), Crashes.Count));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_message_has_the_recorded_effect_or_none(string name)
    {
        var row = All.Single(one => one.Name == name);
        await using var node = CreateNode();
        List<string> events = [];
        node.Adapter.ServerEvents.On("sse", arguments =>
        {
            lock (events) events.Add(arguments[0].ToJson());
            return Task.FromResult(SocketArguments.FromJson("""["sse-ack"]"""));
        });

        Receive(node, row);

        foreach (var response in ResponsesTo(row))
        {
            var sent = await node.Bus.SeesAsync(
                one => Encoding.UTF8.GetString(one.Message).StartsWith(response.Start, StringComparison.Ordinal), Timeout);
            var expected = response.Text.Replace(response.Uid, Encoding.UTF8.GetString(node.Uid), StringComparison.Ordinal);
            Assert.Equal((response.Channel, expected), (sent.Channel, Encoding.UTF8.GetString(sent.Message)));
        }

        Assert.Equal(ReceiversOf(row), node.Receivers(Assert.Single));
        Assert.Equal(Disconnected(row), string.Join(' ', new[] { "none", "r1", "r12" }.Where(one => node[one].Disconnected is not null)));
        foreach (var one in new[] { "none", "r1", "r12" })
            Assert.Equal(RoomsAfter(row, one), string.Join(' ', node.Adapter.RoomsOf(node[one])));
        Assert.DoesNotContain("handler", node.Reasons);
        await DeliversAfterAsync(node);
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task A_message_that_ends_a_Node_process_is_dropped_and_counted(string name)
    {
        await using var node = CreateNode();

        Receive(node, All.Single(one => one.Name == name));

        Assert.DoesNotContain(Assert.Single(node.Reasons), Normal);
        await DeliversAfterAsync(node);
    }

    [Fact]
    public async Task Every_truncated_recorded_message_is_dropped_and_the_next_one_is_delivered()
    {
        foreach (var row in Vector.Read("05-sharded").Where(row => row.Payload.Length is > 0 and < 400).Take(60))
        {
            await using var node = CreateNode();
            for (var length = 0; length < row.Payload.Length; length++) node.Receive("socket.io#/#", row.Payload.AsMemory(0, length));

            Assert.Equal(row.Payload.Length, node.Reasons.Count);
            Assert.DoesNotContain("handler", node.Reasons);
            Assert.Equal("", node.Receivers(Assert.Single));
            await DeliversAfterAsync(node);
        }
    }

    private static SingleNode CreateNode() =>
        new(new ShardedRedisAdapterOptions(), "/", ("none", []), ("r1", ["room1"]), ("r12", ["room1", "room2"]));

    /// <summary>Asserts that the next message is delivered.</summary>
    private static async Task DeliversAfterAsync(SingleNode node)
    {
        node.Receive("socket.io#/#",
            """{"type":3,"data":{"packet":{"type":2,"data":["after"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"0123456789abcdef","nsp":"/"}"""u8.ToArray());
        await node["none"].SeesAsync(Events.Packet("after"), Timeout);
    }

    /// <summary>Passes a recorded message to a node, with the channel and id of this node instead of those of the recorded one.</summary>
    private static void Receive(SingleNode node, Vector row)
    {
        var uid = Encoding.UTF8.GetString(node.Uid);
        var message = row.Payload;
        if (row.Name.EndsWith("own uid", StringComparison.Ordinal))
            message = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message)
                .Replace(row.Decoded.GetProperty("uid").GetString()!, uid, StringComparison.Ordinal));
        node.Receive(row.Name.StartsWith("response channel", StringComparison.Ordinal) ? $"socket.io#/#{uid}#" : row.Channel, message);
    }

    private static bool HasSubscriber(Vector row) => !row.Observed.TryGetProperty("subscribers", out var count) || count.GetInt32() > 0;

    private static string ReceiversOf(Vector row)
    {
        if (row.Name == Accepted[0]) return AllClients;
        if (!row.Observed.TryGetProperty("clients", out var clients)) return "";
        return string.Join(' ', clients.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array).Select(one => one.Name));
    }

    private static string Disconnected(Vector row) => row.Name == Accepted[0] || !row.Observed.TryGetProperty("clients", out var clients)
        ? ""
        : string.Join(' ',
            clients.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String).Select(one => one.Name.Split(' ')[0]));

    private static string RoomsAfter(Vector row, string socket)
    {
        var before = socket switch { "r1" => "room1", "r12" => "room1 room2", _ => "" };
        if (row.Name == Accepted[1]) return before.Replace("room1", "", StringComparison.Ordinal).Trim();
        return row.Observed.TryGetProperty("roomsAfter", out var after) && after.TryGetProperty(socket, out var rooms)
            ? string.Join(' ', rooms.EnumerateArray().Select(room => room.GetString()))
            : before;
    }

    /// <summary>Returns the responses of the Node.js server, except for those with acks of its clients.</summary>
    private static IEnumerable<(string Channel, string Text, string Uid, string Start)> ResponsesTo(Vector row)
    {
        if (!row.Observed.TryGetProperty("published", out var published)) yield break;
        foreach (var one in published.EnumerateArray())
        {
            var text = one.GetProperty("payload").GetString()!;
            using var json = JsonDocument.Parse(text);
            var type = json.RootElement.GetProperty("type").GetInt32();
            if (ShardedFormat.Forms.Find(type, isResponse: true)?.Kind != PeerMessageKind.Ack)
                yield return (one.GetProperty("channel").GetString()!, text, json.RootElement.GetProperty("uid")
                    .GetString()!, $$"""{"type":{{type}},""");
        }
    }
}
