using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Types without a formatter where a value of them is sent or read.</summary>
public sealed class UnwritableValueTests
{
    private const string Types = """
        public sealed record Crate(int Id);
        public record Base(int Id);
        [SocketPayload] public sealed record Derived(int Id) : Base(Id);
        public sealed class Bag : List<int>;
        [SocketEvents] public interface IData { void Sent(object value, object?[]? more = null); }

        """;

    [Theory]
    [InlineData("ns.All.Emit(\"a\", {|TSR120:SocketArgument.Payload(new Crate(1))|});")]
    [InlineData("ns.All.Emit(\"a\", {|TSR120:SocketArgument.Payload(new[] { new Crate(1) })|});")]
    [InlineData("ns.All.Emit(\"a\", {|TSR120:SocketArgument.Payload(new List<Crate>())|});")]
    [InlineData("ns.All.Emit(\"a\", {|TSR120:SocketArgument.Payload(new { text = 1 })|});")]
    [InlineData("ns.All.Emit(\"a\", {|TSR120:SocketArgument.Payload(Task.CompletedTask)|});")]
    [InlineData("foreach (var s in ns.Sockets) { {|TSR120:s.SetData(new Crate(1))|}; _ = {|TSR120:s.GetData<Crate>()|}; }")]
    [InlineData("_ = {|TSR120:SocketArgument.Null.GetPayload<Crate>()|};")]
    [InlineData("ns.On(\"a\", (ISocket s, int n, {|TSR120:Crate|} order) => Task.CompletedTask);")]
    [InlineData("foreach (var s in ns.Sockets) s.Once(\"a\", ({|TSR120:Crate|} order) => Task.CompletedTask);")]
    public Task A_payload_without_a_formatter_is_reported(string body) => AnalyzerHarness.VerifyAsync(Types + Chat.Using(body));

    [Theory]
    [InlineData("ns.All.Emit(\"a\", SocketArgument.Payload(new Derived(1)), SocketArgument.Payload(new[] { new Note(\"a\", DateTime.UtcNow) }));")]
    [InlineData("ns.All.Emit(\"a\", SocketArgument.Payload(1), SocketArgument.Payload(new Version(1, 0)), SocketArgument.Payload(DayOfWeek.Friday));")]
    [InlineData("void Send<T>(T value) => ns.All.Emit(\"a\", SocketArgument.Payload(value)); Send(1);")]
    [InlineData("ns.On(\"a\", (ISocket s, Note note, Note[]? notes) => Task.CompletedTask);")]
    public Task Other_payloads_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Types + Chat.Using(body));

    [Theory]
    [InlineData("data.All.Sent({|TSR120:new { text = \"hi\" }|});")]
    [InlineData("data.All.Sent({|TSR120:new Crate(1)|}, [1, {|TSR120:new Crate(2)|}]);")]
    [InlineData("data.All.Sent(1, new object[] { {|TSR120:new Crate(2)|} });")]
    [InlineData("data.All.Sent({|TSR120:Task.FromResult(1)|}); data.All.Sent({|TSR120:CancellationToken.None|});")]
    [InlineData("Func<int> late = () => 1; data.All.Sent({|TSR120:late|});")]
    public Task A_value_that_can_never_be_written_as_object_is_reported(string body) => AnalyzerHarness.VerifyAsync(Types + Data(body));

    [Theory]
    [InlineData("data.All.Sent(new Derived(1), [\"a\", 1, null, DayOfWeek.Friday, (1, 2), new Bag(), new Dictionary<string, object>()]);")]
    [InlineData("Base some = new Derived(1); data.All.Sent(some);")]
    [InlineData("object any = new Crate(1); data.All.Sent(any); Console.WriteLine((object)new Crate(1)); Equals(new Crate(1), 1);")]
    public Task Other_values_of_type_object_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Types + Data(body));

    [Fact]
    public Task The_fix_applies_the_attribute() => FixHarness.VerifyAsync(
        "/// <summary>An order.</summary>\npublic sealed record Crate(int Id);\n"
            + Chat.Using("_ = {|TSR120:SocketArgument.Payload(new Crate(1))|};"),
        "Apply [SocketPayload] to the type",
        "/// <summary>An order.</summary>\n[SocketPayload]\npublic sealed record Crate(int Id);\n"
            + Chat.Using("_ = SocketArgument.Payload(new Crate(1));"));

    [Fact]
    public Task The_fix_makes_an_anonymous_object_a_dictionary() => FixHarness.VerifyAsync(
        Types + Data("var id = 1; data.All.Sent({|TSR120:new { text = \"hi\", id, \"a\".Length }|});"), "Use a dictionary",
        Types + Data(
            "var id = 1; data.All.Sent(new Dictionary<string, object?> { [\"text\"] = \"hi\", [\"id\"] = id, [\"Length\"] = \"a\".Length });"));

    [Theory]
    [InlineData("_ = {|TSR120:SocketArgument.Payload(Task.CompletedTask)|};")]
    [InlineData("_ = {|TSR120:SocketArgument.Payload(new Page<int>())|}; } } public sealed class Page<T> { static void M() {")]
    public async Task Other_types_have_no_fix(string body) => Assert.Empty(await FixHarness.TitlesAsync(Chat.Using(body)));

    private static string Data(string body) => Chat.Using(body).Replace("IChat plain,", "IChat plain, IEmitter<IData> data,");
}
