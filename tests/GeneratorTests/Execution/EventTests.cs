using MessagePack;
using TypedSocketRedis.Generated;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

public sealed class EventTests
{
    private readonly List<string> _sent = [];

    private ByteTarget<IRunEvents> Target => new(data => _sent.Add(MessagePackSerializer.ConvertToJson(data)));

    [Fact]
    public void A_date_is_the_timestamp_that_JavaScript_reads()
    {
        List<string> sent = [];
        var target = new ByteTarget<IRunEvents>(data => sent.Add(Convert.ToHexString(data.Span)));
        target.Time(new DateTime(2024, 2, 29, 12, 34, 56, 789, DateTimeKind.Utc));
        Assert.Equal("92A474696D65D7FFBC1CBD0065E079F0", Assert.Single(sent));
    }

    [Fact]
    public void Null_arguments_are_nil_and_binary_is_binary()
    {
        List<string> sent = [];
        var target = new ByteTarget<IRunEvents>(data => sent.Add(Convert.ToHexString(data.Span)));
        target.Joined(null, null, [1, 2]);
        Assert.Equal("94AB" + Convert.ToHexString("user joined"u8) + "C0C0C4020102", Assert.Single(sent));
    }

    [Fact]
    public void Objects_have_camelCase_names_and_omit_absent_properties()
    {
        Target.Inherits(new Square { Side = 3, Secret = "s", Hidden = "h" }, new Point { X = 1, Y = 2 }, new([new("a", 1)], 7), new("m"));
        Target.Inherits(new Square(), null, new([], 0), new(null!));
        Assert.Equal(
            [
                """["inherits",{"color":"red","side":3,"area":9},{"x":1,"why":2},{"items":[{"symbol":"a","value":1}],"total":7},{"mode":"m","retries":3,"ioName":"io"}]""",
                """["inherits",{"color":"red","side":0,"area":0},null,{"items":[],"total":0},{"retries":3,"ioName":"io"}]""",
            ],
            _sent);
    }

    [Fact]
    public void Sequences_and_dictionaries_keep_their_nulls()
    {
        Target.Prices([new("a", 0.5)], new[] { "x", null }.Where(_ => true), new Dictionary<string,
            Price?> { ["b"] = null, ["c"] = new("c", -0.0) });
        Assert.Equal("""["prices",[{"symbol":"a","value":0.5}],["x",null],{"b":null,"c":{"symbol":"c","value":0}}]""",
            Assert.Single(_sent));
    }

    [Fact]
    public async Task The_token_is_not_sent_but_cancels_the_wait()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Target.Grown(new Tree { Name = "a" }, canceled.Token).AsTask());
        Assert.Equal("""["grown",{"name":"a"}]""", Assert.Single(_sent));
    }

    [Fact]
    public void A_value_that_cannot_be_written_throws_and_does_not_affect_the_next_event()
    {
        var e = Assert.Throws<ArgumentException>(
            () => Target.Time(DateTime.SpecifyKind(new DateTime(2024, 1, 1), DateTimeKind.Unspecified)));
        Assert.StartsWith("IRunEvents.Time(now)", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(
            () => Target.Prices([new("a", 1, DateTime.SpecifyKind(new DateTime(2024, 1, 1), DateTimeKind.Unspecified))], [],
                new Dictionary<string, Price?>()));
        Assert.StartsWith("Price.At", e.Message, StringComparison.Ordinal);

        Target.Joined("x", 1, []);
        Assert.StartsWith("""["user joined","x",1""", Assert.Single(_sent), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_contains_itself_is_refused()
    {
        var loop = new Tree { Name = "loop", Children = [] };
        loop.Children.Add(loop);
        var e = Assert.Throws<MessagePackSerializationException>(
            () => { _ = Target.Grown(loop, TestContext.Current.CancellationToken).AsTask(); });
        Assert.Contains("contain itself", e.Message, StringComparison.Ordinal);
        Assert.Empty(_sent);
    }

    [Fact]
    public void The_depth_limit_of_reading_is_that_of_writing()
    {
        var tree = Enumerable.Range(0, 31)
            .Aggregate(new Tree { Name = "leaf" }, (child, i) => new Tree { Name = $"{i}", Children = [child] });
        Assert.Equal("30", Wire.Read(Trees(), Wire.Write(Trees(), tree))!.Name);

        var deep = string.Concat(Enumerable.Repeat("""{"children":[""", 40)) + string.Concat(Enumerable.Repeat("]}", 40));
        Assert.Throws<EventDataException>(() => Wire.ReadJson(Trees(), deep));
    }

    [Fact]
    public void Missing_properties_have_their_default_and_unknown_ones_are_ignored()
    {
        var settings = Wire.ReadJson(TypedSocketRedis_Tests_Execution_SettingsFormatter.Instance,
            """{"no":[{"a":[1,{}]}],"mode":"m","retries":null}""")!;
        Assert.Equal(("m", 3, "io"), (settings.Mode, settings.Retries, settings.IOName));

        var square = Wire.ReadJson(TypedSocketRedis_Tests_Execution_SquareFormatter.Instance,
            """{"side":2.0,"color":null,"area":99,"secret":"x"}""")!;
        Assert.Equal(("red", 2, 4, ""), (square.Color, square.Side, square.Area, square.Secret));

        var point = Wire.ReadJson(TypedSocketRedis_Tests_Execution_PointFormatter.Instance, """{"why":5}""");
        Assert.Equal((0, 5), (point.X, point.Y));
        Assert.Null(Wire.ReadJson(TypedSocketRedis_Tests_Execution_SquareFormatter.Instance, "null"));
    }

    [Fact]
    public void Sending_allocates_nothing()
    {
        var target = new ByteTarget<IRunEvents>(static data => ArgumentOutOfRangeException.ThrowIfZero(data.Length));
        for (var i = 0; i < 100; i++) target.Inherits(Square, new Point(), Page, Settings);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) target.Inherits(Square, new Point(), Page, Settings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_event_is_a_value_that_is_compared_by_its_arguments()
    {
        Assert.Equal(new RunEvents.Joined("a", 1, Picture), new RunEvents.Joined("a", 1, Picture));
        Assert.NotEqual(new RunEvents.Joined("a", 1, []), new RunEvents.Joined("b", 1, []));
        Assert.Equal("Time { Now = " + default(DateTime) + " }", new RunEvents.Time(default).ToString());

        var recorder = new SocketEventsRecorder();
        recorder.Of<IRunEvents>().To("a").Time(DateTime.UnixEpoch);
        Assert.Equal(new RunEvents.Time(DateTime.UnixEpoch), Assert.Single(recorder.Events).Event);
    }

    private static readonly byte[] Picture = [1];
    private static readonly Square Square = new();
    private static readonly Page<Price> Page = new([new("a", 1)], 1);
    private static readonly Settings Settings = new("m");

    private static TypedSocketRedis_Tests_Execution_TreeFormatter Trees() => TypedSocketRedis_Tests_Execution_TreeFormatter.Instance;
}
