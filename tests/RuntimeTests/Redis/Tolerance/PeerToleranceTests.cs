using System.Text;
using System.Text.RegularExpressions;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Unusual requests and responses, each with its responses, moved sockets, delivered events and drop reasons.</summary>
public class PeerToleranceTests
{
    private const string ResponseChannel = "socket.io-response#/#";
    private const string Ids = "[\"id-none\",\"id-r1\",\"room1\",\"id-r12\",\"room2\",\"id-s42\",\"42\"]";

    /// <summary>The number of rows about broadcasts.</summary>
    private const int OtherKinds = 104;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly (string Name, string Effect)[] Expected =
    [
        ("request: malformed JSON", "#json"),
        ("request: malformed msgpack", "#code"),
        ("request: empty payload", "#truncated"),
        ("request: JSON array text", "#shape"),
        ("request: text 5", "#shape"),
        ("request: msgpack nil", "#shape"),
        ("request: msgpack string", "#shape"),
        ("request: msgpack array", "#shape"),
        ("request: JSON with leading space", "#shape"),
        ("request: JSON with BOM", "#shape"),
        ("request: type missing", "#type"),
        ("request: type 99", "#type"),
        ("request: type \"1\" string", "#type"),
        ("request: type 1.0", $$"""{"requestId":"x1","rooms":{{Ids}}}"""),
        ("request: sockets (0)", """{"requestId":"x1","sockets":["id-r1","id-r12"]}"""),
        ("request: sockets (0) without rooms", """{"requestId":"x1","sockets":["id-none","id-r1","id-r12","id-s42"]}"""),
        ("request: allRooms (1)", $$"""{"requestId":"x1","rooms":{{Ids}}}"""),
        ("request: allRooms (1) without uid", $$"""{"requestId":"x1","rooms":{{Ids}}}"""),
        ("request: allRooms (1) without requestId", $$"""{"rooms":{{Ids}}}"""),
        ("request: allRooms (1) msgpack", $$"""{"requestId":"x1","rooms":{{Ids}}}"""),
        ("request: join (2)", "r1=room1,new"),
        ("request: join (2) msgpack", "r1=room1,new r12=room1,room2,new"),
        ("request: join (2) own uid", "#own"),
        ("request: join (2) empty opts", "none=new r1=room1,new r12=room1,room2,new s42=42,new"),
        ("request: join (2) rooms string", "r1=room1,new r12=room1,room2,new"),
        ("request: join (2) rooms missing", "#rooms"),
        ("request: join (2) no opts no sid", "#options"),
        ("request: join (2) by sid", """{"requestId":"x1"} none=new"""),
        ("request: join (2) by sid without requestId", "{} none=new"),
        ("request: join (2) unknown sid", ""),
        ("request: join (2) opts null", """{"requestId":"x1"} none=new"""),
        ("request: leave (3)", "r1= r12=room2"),
        ("request: leave (3) rooms string", "r1= r12=room2"),
        ("request: leave (3) by sid", """{"requestId":"x1"} r1="""),
        ("request: disconnect (4)", "r12!False"),
        ("request: disconnect (4) close", "r12!True"),
        ("request: disconnect (4) close missing", "r12!False"),
        ("request: disconnect (4) by sid", """{"requestId":"x1"} none!False"""),
        ("request: fetch (5) without opts", "#options"),
        ("request: fetch (5) empty opts in nobody", """{"requestId":"x1","sockets":[]}"""),
        ("request: fetch (5) without requestId", """{"sockets":[]}"""),
        ("request: serverSideEmit (6)", "sse[1]"),
        ("request: serverSideEmit (6) without uid", "sse[1]"),
        ("request: serverSideEmit (6) own uid", "#own"),
        ("request: serverSideEmit (6) with requestId", """{"type":6,"requestId":"x1","data":"sse-ack"} sse[1]"""),
        ("request: serverSideEmit (6) requestId null", """{"type":6,"requestId":null,"data":"sse-ack"} sse[1]"""),
        ("request: serverSideEmit (6) without data", "#data"),
        ("request: serverSideEmit (6) without data with requestId", "#data"),
        ("request: serverSideEmit (6) data string", "#data"),
        ("request: serverSideEmit (6) msgpack with binary and date", """sse[{"type":"Buffer","data":[1]},"1970-01-01T00:00:00.000Z"]"""),
        ("request: serverSideEmit (6) reserved \"connection\"", "#event"),
        ("request: broadcast (7) msgpack", """{"type":8,"requestId":"x1","clientCount":1} r12:["ev",1]"""),
        ("request: broadcast (7) JSON", """{"type":8,"requestId":"x1","clientCount":1} r12:["ev",1]"""),
        ("request: broadcast (7) other nsp", """{"type":8,"requestId":"x1","clientCount":1} r12:["ev",1]"""),
        ("request: broadcast (7) no flags", """{"type":8,"requestId":"x1","clientCount":1} r12:["ev",1]"""),
        ("request: broadcast (7) nobody", """{"type":8,"requestId":"x1","clientCount":0}"""),
        ("request: broadcast (7) without opts", "#options"),
        ("request: broadcast (7) without packet", "#packet"),
        ("request: client count (8) on request channel", "#type"),
        ("response: unknown requestId", "#unawaited"),
        ("response: no requestId", "#shape"),
        ("response: malformed JSON", "#json"),
        ("response: malformed msgpack", "#code"),
        ("response: empty", "#truncated"),
        ("response: msgpack nil", "#shape"),
        ("response: msgpack integer", "#shape"),
        ("response: unknown type 8", "#unawaited"),
        ("response: own specific channel, unknown id", "#unawaited"),
    ];

    public static TheoryData<string, string> Rows => [.. Expected];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_unusual_message_has_only_its_expected_effect(string name, string effect)
    {
        var row = Vector.Read("08-tolerance-classic").Single(vector => vector.Name == name);
        await using var node = new SingleNode("/");
        foreach (var (socket, rooms) in new[] { ("none", ""), ("r1", "room1"), ("r12", "room1 room2"), ("s42", "42") })
            node.Add(socket, new RecordingSocket { Id = SocketId.Of($"id-{socket}") },
                [$"id-{socket}", .. rooms.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var events = new Inbox();
        node.Adapter.ServerEvents.On("sse", arguments =>
        {
            _ = events.AddAsync($"sse[{string.Join(',', Enumerable.Range(0, arguments.Count).Select(i => arguments[i].ToJson()))}]");
            return Task.FromResult(SocketArguments.FromJson("[\"sse-ack\"]"));
        });
        node.Adapter.ServerEvents.On("end", _ => events.AddAsync("end"));

        node.Receive(row.Channel, ForThisNode(row, node));

        Assert.Equal(effect, await EffectAsync(node, events));
    }

    [Fact]
    public void Every_row_about_requests_and_responses_has_an_expected_effect()
    {
        var rows = Vector.Read("08-tolerance-classic");

        Assert.Equal(rows.Count, Expected.Length + OtherKinds);
        Assert.Empty(Expected.Select(row => row.Name).Except(rows.Select(row => row.Name)));
    }

    /// <summary>Returns the recorded message with the ids of this node instead of those of the recorded one.</summary>
    private static byte[] ForThisNode(Vector row, SingleNode node)
    {
        if (row.Payload is not [(byte)'{', ..]) return row.Payload;
        var text = Encoding.UTF8.GetString(row.Payload);
        if (row.Name.EndsWith("own uid", StringComparison.Ordinal))
            text = Regex.Replace(text, "(?<=\"uid\":\")[^\"]*", Encoding.UTF8.GetString(node.Uid));
        if (!row.Name.EndsWith("unknown sid", StringComparison.Ordinal))
            text = Regex.Replace(text, "(?<=\"sid\":\")[^\"]*", row.Name.Contains("leave", StringComparison.Ordinal) ? "id-r1" : "id-none");
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Returns the effect of the received message after all previous requests have been processed.</summary>
    private static async Task<string> EffectAsync(SingleNode node, Inbox events)
    {
        var reasons = node.Reasons.ToArray();
        node.Receive("socket.io-request#/#", """{"uid":"t","requestId":"end","type":1}"""u8.ToArray());
        await node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message)
            .StartsWith("""{"requestId":"end""", StringComparison.Ordinal), Timeout);
        node.Receive("socket.io-request#/#", """{"uid":"t","requestId":"ended","type":6,"data":["end"]}"""u8.ToArray());
        await node.Bus.SeesAsync(one => Encoding.UTF8.GetString(one.Message) == """{"type":6,"requestId":"ended"}""", Timeout);

        List<string> effect = [.. reasons.Select(reason => "#" + reason)];
        effect.AddRange(node.Bus.Published
            .Where(one => !Encoding.UTF8.GetString(one.Message).Contains("\"end", StringComparison.Ordinal))
            .Select(one => one.Channel == ResponseChannel ? Encoding.UTF8.GetString(one.Message) : one.Channel));
        for (var next = (await events.TakeAsync(1, Timeout))[0]; next != "end"; next = (await events.TakeAsync(1, Timeout))[0])
            effect.Add(next);
        foreach (var (name, before) in new[] { ("none", ""), ("r1", "room1"), ("r12", "room1,room2"), ("s42", "42") })
        {
            var rooms = string.Join(',', node.Adapter.RoomsOf(node[name]).Skip(1));
            if (rooms != before) effect.Add($"{name}={rooms}");
            if (node[name].Disconnected is { } close) effect.Add($"{name}!{close}");
            effect.AddRange(node[name].Received.Select(packet => $"{name}:{packet[packet.IndexOf('[', StringComparison.Ordinal)..]}"));
        }

        return string.Join(' ', effect);
    }
}
