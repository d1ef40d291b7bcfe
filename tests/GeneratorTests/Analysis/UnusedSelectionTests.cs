using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Receivers that are selected, although nothing is sent to them.</summary>
public sealed class UnusedSelectionTests
{
    [Theory]
    [InlineData("{|TSR109:chats.To(\"a\")|}; {|TSR109:chats.To(\"a\", \"b\")|}; {|TSR109:chats.ToUser(\"1\").Except(\"a\")|};")]
    [InlineData("{|TSR109:chats.All.Volatile()|}; {|TSR109:chat.WithTimeout(TimeSpan.FromSeconds(1))|}; {|TSR109:chats.In(\"/b\")|};")]
    [InlineData("{|TSR109:one.Compress(true)|}; {|TSR109:ns.To(\"a\")|}; {|TSR109:chats.To(default(SocketId))|};")]
    [InlineData("IEmitter<IChat>? maybe = chats; {|TSR109:maybe?.To(\"a\")|}; {|TSR109:maybe?.All.Local()|};")]
    [InlineData("Action select = () => {|TSR109:chats.To(\"a\")|}; void Select() => {|TSR109:chats.To(\"a\")|}; Select();")]
    [InlineData("ns.OnConnected(socket => { {|TSR109:socket.Client<IChat>()|}; {|TSR109:socket.Others<IChat>().Volatile()|}; return Task.CompletedTask; });")]
    public Task A_selection_without_an_event_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("chats.To(\"a\").Said(\"x\"); var room = chats.To(\"a\"); room.Said(\"x\"); _ = chats.All.Volatile();")]
    [InlineData("IBroadcast<IChat> Room() => chats.To(\"a\"); Room(); Func<object> get = () => chats.To(\"a\");")]
    [InlineData("SocketEventsRecorder recorder = new(); recorder.Acknowledge(\"a\", \"1\");")]
    public Task Selections_that_are_used_and_other_calls_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Fact]
    public Task The_fix_removes_the_statement() => FixHarness.VerifyAsync(
        Chat.Using("""
            chat.Said("x");
                    {|TSR109:chats.To("a")|};
                    chat.Said("y");
            """),
        "Remove the statement",
        Chat.Using("""
            chat.Said("x");
                    chat.Said("y");
            """));

    [Fact]
    public Task The_fix_sends_an_event_without_arguments() => FixHarness.VerifyAsync(
        "[SocketEvents] public interface IDoor { void Opened(); void Closed(int by); Task Locked(); } static class Use { static void Run(IEmitter<IDoor> doors) { {|TSR109:doors.To(\"a\").Volatile()|}; } }",
        "Send 'Opened'",
        "[SocketEvents] public interface IDoor { void Opened(); void Closed(int by); Task Locked(); } static class Use { static void Run(IEmitter<IDoor> doors) { doors.To(\"a\").Volatile().Opened(); } }");

    [Theory]
    [InlineData("{|TSR109:chats.To(\"a\")|};", "Remove the statement")]
    [InlineData("Action select = () => {|TSR109:chats.To(\"a\")|};", "")]
    [InlineData("if (other is null) {|TSR109:chats.To(\"a\")|};", "")]
    public async Task A_statement_that_is_required_is_not_removed(string body, string expected) =>
        Assert.Equal(expected, string.Join(", ", await FixHarness.TitlesAsync(Chat.Using(body))));
}
