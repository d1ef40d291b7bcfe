using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>What emitters of other languages publish on the broadcast channels, one by one: who receives each of them.</summary>
public class ThirdPartyEmitterTests
{
    private const string Everybody = "none r1 r12";
    private const string Room1 = "r1 r12";
    private const string Nsp = "nsp nspr";
    private const string NspRoom1 = "nspr";
    private const string Nobody = "";

    /// <summary>Rows on the one channel emitters used before there was a channel for each namespace.</summary>
    private const int LegacyChannel = 46;

    /// <summary>Rows in which the emitter sent nothing.</summary>
    private const int NothingSent = 5;

    private static readonly (string Name, string Receivers)[] Expected =
    [
        ("php: key", Nobody),
        ("php-ext: key", Nobody),
        ("perl: emit", Everybody),
        ("perl: emit ints", Everybody),
        ("perl: emit numeric string", Everybody),
        ("perl: emit map", Everybody),
        ("perl: emit undef", Everybody),
        ("perl: emit long string", Everybody),
        ("perl: emit unicode text", Everybody),
        ("perl: emit utf8 bytes", Everybody),
        ("perl: emit binary", Everybody),
        ("perl: to room", Room1),
        ("perl: to two rooms (1 of 2)", Room1),
        ("perl: to two rooms (2 of 2)", Nobody),
        ("perl: of", Nsp),
        ("perl: of room", NspRoom1),
        ("perl: broadcast", Everybody),
        ("perl: volatile json", Everybody),
        ("perl: key", Nobody),
        ("perl: emit true", Everybody),
        ("perl: emit array", Everybody),
        ("python: Emit", Everybody),
        ("python: Emit no args", Everybody),
        ("python: Emit dict", Everybody),
        ("python: Emit ints", Everybody),
        ("python: Emit long string", Everybody),
        ("python: Emit unicode", Everybody),
        ("python: Emit bytes", Everybody),
        ("python: Emit bytes 40", Everybody),
        ("python: To room", Room1),
        ("python: To two rooms (1 of 2)", Room1),
        ("python: To two rooms (2 of 2)", Nobody),
        ("python: To list (1 of 2)", Room1),
        ("python: To list (2 of 2)", Nobody),
        ("python: Of", Nsp),
        ("python: Of without slash", Nobody),
        ("python: Of In", NspRoom1),
        ("python: key", Nobody),
        ("python: Emit datetime timestamp", Everybody),
        ("python-old: Emit", Everybody),
        ("python-old: Emit no args", Everybody),
        ("python-old: Emit dict", Everybody),
        ("python-old: Emit ints", Everybody),
        ("python-old: Emit long string", Everybody),
        ("python-old: Emit unicode", Everybody),
        ("python-old: Emit bytes", Everybody),
        ("python-old: Emit bytes 40", Everybody),
        ("python-old: To room", Room1),
        ("python-old: To two rooms (1 of 2)", Room1),
        ("python-old: To two rooms (2 of 2)", Nobody),
        ("python-old: To list (1 of 2)", Room1),
        ("python-old: To list (2 of 2)", Nobody),
        ("python-old: Of", Nsp),
        ("python-old: Of without slash", Nobody),
        ("python-old: Of In", NspRoom1),
        ("python-old: key", Nobody),
        ("python-old: Emit datetime timestamp", Everybody),
        ("go: key", Nobody),
        ("rust: emit", Everybody),
        ("rust: emit no args", Everybody),
        ("rust: emit long string", Everybody),
        ("rust: emit unicode", Everybody),
        ("rust: to room", Room1),
        ("rust: to two rooms", Room1),
        ("rust: of", Nsp),
        ("rust: of to", NspRoom1),
        ("rust: to then of", Nsp),
        ("rust: json", Everybody),
        ("rust: volatile", Everybody),
        ("rust: broadcast", Everybody),
        ("rust: volatile then json", Everybody),
        ("rust: key", Nobody),
        ("java: emit without of", Nobody),
        ("java: of root", Everybody),
        ("java: of root no args", Everybody),
        ("java: of root to room", Room1),
        ("java: of root to two rooms", Nobody),
        ("java: to room then of root", Nobody),
        ("java: of nsp", Nsp),
        ("java: of nsp to room", NspRoom1),
        ("java: broadcast", Everybody),
        ("java: volatile json flags", Everybody),
        ("java: json object", Everybody),
        ("java: long string", Everybody),
        ("java: unicode", Everybody),
        ("java: binary", Nobody),
        ("java: key first emit", Nobody),
        ("java: key second emit (1 of 2)", Nobody),
        ("java: key second emit (2 of 2)", Everybody),
        ("js-legacy: emit", Everybody),
        ("js-legacy: emit undefined", Everybody),
        ("js-legacy: emit date", Everybody),
        ("js-legacy: emit buffer", Everybody),
        ("js-legacy: emit arraybuffer", Everybody),
        ("js-legacy: to room", Room1),
        ("js-legacy: to two rooms", Room1),
        ("js-legacy: of", Nsp),
        ("js-legacy: of without slash", NspRoom1),
        ("js-legacy: broadcast volatile json", Everybody),
    ];

    public static TheoryData<string, string> Rows => [.. Expected];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_event_of_another_language_reaches_whom_it_should_once(string name, string receivers)
    {
        var row = Vector.Read("06-third-party-emitters").Single(vector => vector.Name == name);
        await using var main = new SingleNode("/", ("none", []), ("r1", ["room1"]), ("r12", ["room1", "room2"]));
        await using var other = new SingleNode("/nsp", ("nsp", []), ("nspr", ["room1"]));

        main.Receive(row.Channel, row.Payload);
        other.Receive(row.Channel, row.Payload);

        Assert.Equal(receivers, $"{main.Receivers(Assert.Single)} {other.Receivers(Assert.Single)}".Trim());
    }

    [Fact]
    public void Every_row_has_an_expectation_or_a_reason_to_have_none()
    {
        var rows = Vector.Read("06-third-party-emitters");

        Assert.Equal(rows.Count, Expected.Length + LegacyChannel + NothingSent);
        Assert.Equal(LegacyChannel, rows.Count(row => row.Channel == "socket.io#emitter"));
        Assert.Empty(Expected.Select(row => row.Name).Except(rows.Select(row => row.Name)));
    }
}
