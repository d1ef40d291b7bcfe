using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Unusual messages on the broadcast channels, each with its receivers.</summary>
public class ToleranceTests
{
    private const string All = "none r1 r12 s42";
    private const string None = "";

    /// <summary>The number of rows about requests and responses, which use other channels.</summary>
    private const int OtherKinds = 68;

    private static readonly (string Name, string Receivers)[] Expected =
    [
        ("broadcast: normal", All),
        ("broadcast: packet.nsp missing", All),
        ("broadcast: packet.nsp missing on /nsp channel", None),
        ("broadcast: packet.nsp nil", None),
        ("broadcast: packet.nsp empty string", None),
        ("broadcast: packet.nsp other", None),
        ("broadcast: packet.nsp legacy undefined ext", All),
        ("broadcast: uid nil", All),
        ("broadcast: uid integer", All),
        ("broadcast: uid empty", All),
        ("broadcast: uid of the receiver itself", None),
        ("broadcast: four elements", All),
        ("broadcast: two elements uid+packet", None),
        ("broadcast: two elements packet+opts (0.x style)", None),
        ("broadcast: opts nil", None),
        ("broadcast: opts empty map", All),
        ("broadcast: opts empty array", All),
        ("broadcast: opts string", None),
        ("broadcast: rooms nil", All),
        ("broadcast: rooms empty string", All),
        ("broadcast: rooms string", None),
        ("broadcast: rooms map", None),
        ("broadcast: rooms integer", None),
        ("broadcast: rooms true", None),
        ("broadcast: except nil", All),
        ("broadcast: except missing", All),
        ("broadcast: except room", "none s42"),
        ("broadcast: except map", None),
        ("broadcast: flags nil", All),
        ("broadcast: flags empty string", All),
        ("broadcast: flags array", All),
        ("broadcast: flags missing", All),
        ("broadcast: flags unknown", All),
        ("broadcast: flags.local", All),
        ("broadcast: flags volatile compress", All),
        ("broadcast: flags volatile=1", All),
        ("broadcast: packet nil", None),
        ("broadcast: packet false", None),
        ("broadcast: packet string", None),
        ("broadcast: packet integer", None),
        ("broadcast: packet array", None),
        ("broadcast: empty array", None),
        ("broadcast: one element", None),
        ("broadcast: map", None),
        ("broadcast: string", None),
        ("broadcast: integer", None),
        ("broadcast: nil", None),
        ("broadcast: bin", None),
        ("broadcast: empty payload", None),
        ("broadcast: garbage c1", None),
        ("broadcast: truncated", None),
        ("broadcast: trailing byte", None),
        ("broadcast: JSON text array", None),
        ("broadcast: JSON text object", None),
        ("broadcast: type 5 without binary", All),
        ("broadcast: type 5 with binary", All),
        ("broadcast: type 5 attachments 1 with placeholder", All),
        ("broadcast: type 5 attachments 1, then a normal broadcast", All),
        ("broadcast: type 3 (ACK)", None),
        ("broadcast: type 0 (CONNECT)", None),
        ("broadcast: type 1 (DISCONNECT)", None),
        ("broadcast: type 4 (CONNECT_ERROR)", None),
        ("broadcast: type string \"2\"", All),
        ("broadcast: type float 2.0", All),
        ("broadcast: type missing", None),
        ("broadcast: type 99", None),
        ("broadcast: type 9-byte int64", All),
        ("broadcast: packet id 7", All),
        ("broadcast: extra packet fields", All),
        ("broadcast: data string", None),
        ("broadcast: data map", None),
        ("broadcast: data nil", None),
        ("broadcast: data missing", None),
        ("broadcast: data empty", None),
        ("broadcast: data[0] number", All),
        ("broadcast: data[0] bin", All),
        ("broadcast: data[0] map", None),
        ("broadcast: data[0] reserved \"connect\"", None),
        ("broadcast: data with unknown ext", All),
        ("broadcast: data NaN and Infinity", All),
        ("broadcast: data invalid timestamp96", All),
        ("broadcast: data uint64 max", All),
        ("broadcast: keys as bin", All),
        ("broadcast: string values as bin", All),
        ("room: rooms [room1] on room channel", "r1 r12"),
        ("room: rooms [room1] on namespace channel", "r1 r12"),
        ("room: unknown room channel", None),
        ("room: room1 channel, rooms empty", All),
        ("room: room1 channel, rooms [room2]", "r12"),
        ("room: two rooms joined in channel", None),
        ("room: channel without trailing hash", None),
        ("room: one character after the prefix", None),
        ("room: empty room channel", None),
        ("room: malformed payload on unknown room channel", None),
        ("room: numeric channel, rooms [42] number", "s42"),
        ("room: numeric channel, rooms [\"42\"]", "s42"),
        ("room: numeric on namespace channel, rooms [42]", "s42"),
        ("room: channel 42.0, rooms [42]", None),
        ("room: channel 4.2e1, rooms [42]", None),
        ("room: channel 42abc, rooms [42]", None),
        ("room: channel 0x2a, rooms [42]", None),
        ("room: rooms [room1, room1]", "r1 r12"),
        ("other channel: legacy socket.io#emitter", None),
        ("other channel: socket.io#", None),
    ];

    public static TheoryData<string, string> Rows => [.. Expected];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_unusual_message_reaches_only_its_receivers(string name, string receivers)
    {
        var row = Vector.Read("08-tolerance-classic").Single(vector => vector.Name == name);
        await using var node = new SingleNode("/", ("none", []), ("r1", ["room1"]), ("r12", ["room1", "room2"]), ("s42", ["42"]));
        await using var other = new SingleNode("/nsp", ("nsp", []));
        var message = name == "broadcast: uid of the receiver itself" ? [.. row.Payload[..2], .. node.Uid, .. row.Payload[8..]]
            : row.Payload;

        node.Receive(row.Channel, message);
        other.Receive(row.Channel, message);

        Assert.Equal(receivers, node.Receivers(Assert.Single));
        Assert.Equal("", other.Receivers(Assert.Single));
    }

    [Fact]
    public void Every_row_has_expected_receivers_or_is_another_kind_of_message()
    {
        var rows = Vector.Read("08-tolerance-classic");

        Assert.Equal(rows.Count, Expected.Length + OtherKinds);
        Assert.Empty(Expected.Select(row => row.Name).Except(rows.Select(row => row.Name)));
        Assert.Equal(OtherKinds, rows.Count(row => row.Channel.StartsWith("socket.io-re", StringComparison.Ordinal)));
    }
}
