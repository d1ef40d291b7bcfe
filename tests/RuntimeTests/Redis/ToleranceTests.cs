using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Odd messages on the broadcast channels, one by one: who receives each of them.</summary>
public class ToleranceTests
{
    private const string All = "none r1 r12 s42";
    private const string Nobody = "";

    /// <summary>Rows about requests and answers, which travel on other channels.</summary>
    private const int OtherKinds = 68;

    private static readonly (string Name, string Receivers)[] Expected =
    [
        ("broadcast: normal", All),
        ("broadcast: packet.nsp missing", All),
        ("broadcast: packet.nsp missing on /nsp channel", Nobody),
        ("broadcast: packet.nsp nil", Nobody),
        ("broadcast: packet.nsp empty string", Nobody),
        ("broadcast: packet.nsp other", Nobody),
        ("broadcast: packet.nsp legacy undefined ext", All),
        ("broadcast: uid nil", All),
        ("broadcast: uid integer", All),
        ("broadcast: uid empty", All),
        ("broadcast: uid of the receiver itself", Nobody),
        ("broadcast: four elements", All),
        ("broadcast: two elements uid+packet", Nobody),
        ("broadcast: two elements packet+opts (0.x style)", Nobody),
        ("broadcast: opts nil", Nobody),
        ("broadcast: opts empty map", All),
        ("broadcast: opts empty array", All),
        ("broadcast: opts string", Nobody),
        ("broadcast: rooms nil", All),
        ("broadcast: rooms empty string", All),
        ("broadcast: rooms string", Nobody),
        ("broadcast: rooms map", Nobody),
        ("broadcast: rooms integer", Nobody),
        ("broadcast: rooms true", Nobody),
        ("broadcast: except nil", All),
        ("broadcast: except missing", All),
        ("broadcast: except room", "none s42"),
        ("broadcast: except map", Nobody),
        ("broadcast: flags nil", All),
        ("broadcast: flags empty string", All),
        ("broadcast: flags array", All),
        ("broadcast: flags missing", All),
        ("broadcast: flags unknown", All),
        ("broadcast: flags.local", All),
        ("broadcast: flags volatile compress", All),
        ("broadcast: flags volatile=1", All),
        ("broadcast: packet nil", Nobody),
        ("broadcast: packet false", Nobody),
        ("broadcast: packet string", Nobody),
        ("broadcast: packet integer", Nobody),
        ("broadcast: packet array", Nobody),
        ("broadcast: empty array", Nobody),
        ("broadcast: one element", Nobody),
        ("broadcast: map", Nobody),
        ("broadcast: string", Nobody),
        ("broadcast: integer", Nobody),
        ("broadcast: nil", Nobody),
        ("broadcast: bin", Nobody),
        ("broadcast: empty payload", Nobody),
        ("broadcast: garbage c1", Nobody),
        ("broadcast: truncated", Nobody),
        ("broadcast: trailing byte", Nobody),
        ("broadcast: JSON text array", Nobody),
        ("broadcast: JSON text object", Nobody),
        ("broadcast: type 5 without binary", All),
        ("broadcast: type 5 with binary", All),
        ("broadcast: type 5 attachments 1 with placeholder", All),
        ("broadcast: type 5 attachments 1, then a normal broadcast", All),
        ("broadcast: type 3 (ACK)", Nobody),
        ("broadcast: type 0 (CONNECT)", Nobody),
        ("broadcast: type 1 (DISCONNECT)", Nobody),
        ("broadcast: type 4 (CONNECT_ERROR)", Nobody),
        ("broadcast: type string \"2\"", All),
        ("broadcast: type float 2.0", All),
        ("broadcast: type missing", Nobody),
        ("broadcast: type 99", Nobody),
        ("broadcast: type 9-byte int64", All),
        ("broadcast: packet id 7", All),
        ("broadcast: extra packet fields", All),
        ("broadcast: data string", Nobody),
        ("broadcast: data map", Nobody),
        ("broadcast: data nil", Nobody),
        ("broadcast: data missing", Nobody),
        ("broadcast: data empty", Nobody),
        ("broadcast: data[0] number", All),
        ("broadcast: data[0] bin", All),
        ("broadcast: data[0] map", Nobody),
        ("broadcast: data[0] reserved \"connect\"", Nobody),
        ("broadcast: data with unknown ext", All),
        ("broadcast: data NaN and Infinity", All),
        ("broadcast: data invalid timestamp96", All),
        ("broadcast: data uint64 max", All),
        ("broadcast: keys as bin", All),
        ("broadcast: string values as bin", All),
        ("room: rooms [room1] on room channel", "r1 r12"),
        ("room: rooms [room1] on namespace channel", "r1 r12"),
        ("room: unknown room channel", Nobody),
        ("room: room1 channel, rooms empty", All),
        ("room: room1 channel, rooms [room2]", "r12"),
        ("room: two rooms joined in channel", Nobody),
        ("room: channel without trailing hash", Nobody),
        ("room: one character after the prefix", Nobody),
        ("room: empty room channel", Nobody),
        ("room: malformed payload on unknown room channel", Nobody),
        ("room: numeric channel, rooms [42] number", "s42"),
        ("room: numeric channel, rooms [\"42\"]", "s42"),
        ("room: numeric on namespace channel, rooms [42]", "s42"),
        ("room: channel 42.0, rooms [42]", Nobody),
        ("room: channel 4.2e1, rooms [42]", Nobody),
        ("room: channel 42abc, rooms [42]", Nobody),
        ("room: channel 0x2a, rooms [42]", Nobody),
        ("room: rooms [room1, room1]", "r1 r12"),
        ("other channel: legacy socket.io#emitter", Nobody),
        ("other channel: socket.io#", Nobody),
    ];

    public static TheoryData<string, string> Rows => [.. Expected];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_odd_message_reaches_whom_it_should(string name, string receivers)
    {
        var row = Vector.Read("08-tolerance-classic").Single(vector => vector.Name == name);
        await using var node = new SingleNode("/", ("none", []), ("r1", ["room1"]), ("r12", ["room1", "room2"]), ("s42", ["42"]));
        await using var other = new SingleNode("/nsp", ("nsp", []));
        var message = name == "broadcast: uid of the receiver itself" ? [.. row.Payload[..2], .. node.Uid, .. row.Payload[8..]] : row.Payload;

        node.Receive(row.Channel, message);
        other.Receive(row.Channel, message);

        Assert.Equal(receivers, node.Receivers(Assert.Single));
        Assert.Equal("", other.Receivers(Assert.Single));
    }

    [Fact]
    public void Every_row_is_a_broadcast_with_an_expectation_or_another_kind_of_message()
    {
        var rows = Vector.Read("08-tolerance-classic");

        Assert.Equal(rows.Count, Expected.Length + OtherKinds);
        Assert.Empty(Expected.Select(row => row.Name).Except(rows.Select(row => row.Name)));
        Assert.Equal(OtherKinds, rows.Count(row => row.Channel.StartsWith("socket.io-re", StringComparison.Ordinal)));
    }
}
