using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Names of rooms that start with the prefix that is reserved for the sockets of users.</summary>
public sealed class ReservedRoomTests
{
    [Theory]
    [InlineData("chats.To({|TSR110:\"user:42\"|}).Said(\"x\"); chats.To(\"a\", {|TSR110:\"user:1\"|}, \"b\", {|TSR110:\"user:2\"|}).Said(\"x\");")]
    [InlineData("chat.Except({|TSR110:\"user:42\"|}).Said(\"x\"); chats.To([\"a\", {|TSR110:\"user:42\"|}]).Said(\"x\");")]
    [InlineData("const string Prefix = \"user:\"; chats.To({|TSR110:Prefix + \"42\"|}).Said(\"x\"); chats.To({|TSR110:\"user:\"|}).Said(\"x\");")]
    [InlineData("chats.To(new[] { {|TSR110:\"user:42\"|} }).Said(\"x\"); _ = chat.JoinAsync({|TSR110:\"user:42\"|});")]
    [InlineData("ns.OnConnected(async socket => { await socket.JoinAsync({|TSR110:\"user:42\"|}); await socket.LeaveAsync([{|TSR110:\"user:42\"|}, \"a\"]); });")]
    [InlineData("var id = Console.ReadLine()!; chats.To({|TSR110:\"user:\" + id|}, {|TSR110:$\"user:{id}\"|}).Said(\"x\");")]
    public Task A_room_of_a_user_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("chats.ToUser(\"user:42\").Said(\"user:42\"); chats.To(\"users:42\", \"User:42\").Said(\"x\"); chats.In(\"user:42\").All.Said(\"x\");")]
    [InlineData("var room = Console.ReadLine()!; chats.To(\"a\" + room).Said(\"x\"); chats.To($\"{room}user:\").Said(\"x\");")]
    [InlineData("new Hall().To(\"user:42\"); } } class Hall { public void To(string room) { } static void M() {")]
    public Task Other_rooms_and_texts_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("chats.To(\"user:42\").Said(\"x\");", "Room 'user:42' is reserved for the sockets of a user, so 'To' throws: use ToUser(\"42\")")]
    [InlineData("_ = chat.JoinAsync(\"user:42\");",
        "Room 'user:42' is reserved for the sockets of a user, so 'JoinAsync' throws: only authentication changes the rooms of users; to send to a user, use ToUser")]
    public async Task The_message_names_the_remedy(string body, string expected) => Assert.Equal(
        expected, Assert.Single(await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(Chat.Using(body)))).GetMessage(null));
}
