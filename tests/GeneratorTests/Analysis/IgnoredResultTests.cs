using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class IgnoredResultTests
{
    [Theory]
    [InlineData("{|TSR102:chat.Saved(\"x\")|}; {|TSR102:chats.To(\"a\").Stored(\"x\")|};")]
    [InlineData("{|TSR102:one.Saved(\"x\")|}; {|TSR102:plain.Saved(\"x\")|};")]
    [InlineData("Action send = () => {|TSR102:chat.Saved(\"x\")|}; void Send() => {|TSR102:chat.Saved(\"x\")|}; Send();")]
    [InlineData("IChat? maybe = plain; {|TSR102:maybe?.Saved(\"x\")|};")]
    [InlineData("ns.OnConnected(socket => { {|TSR102:socket.JoinAsync(\"a\")|}; return Task.CompletedTask; });")]
    [InlineData("ISocket? maybe = null; {|TSR102:maybe?.JoinAsync(\"a\")|}; {|TSR102:chat.FetchSocketsAsync()|};")]
    [InlineData("{|TSR102:ns.All.EmitAsync(\"a\", 1)|}; {|TSR102:ns.All.EmitWithAck(\"a\", 1)|};")]
    [InlineData("ns.OnConnected(socket => { {|TSR102:socket.Client<IChat>().Saved(\"x\")|}; return Task.CompletedTask; });")]
    public Task An_ignored_result_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Fact]
    public Task In_an_async_method_only_results_without_a_compiler_warning_are_reported() =>
        AnalyzerHarness.VerifyAsync(Chat.Using(
            "IChat? maybe = plain; {|TSR102:maybe?.Saved(\"x\")|}; chat.Saved(\"x\"); await chat.Saved(\"x\");", "async Task Run"));

    [Theory]
    [InlineData("_ = chat.Saved(\"x\"); var task = chat.Saved(\"x\").AsTask(); task.Wait(); chat.Saved(\"x\").AsTask().Wait();")]
    [InlineData("chat.Said(\"x\"); plain.Said(\"x\"); ns.All.Emit(\"a\", 1); ns.OnConnected(s => Task.CompletedTask);")]
    [InlineData("Func<ValueTask> send = () => chat.Saved(\"x\"); Func<Task> later = async () => await chat.Saved(\"x\");")]
    [InlineData(
        "Task.Run(() => { }); new HttpSaver().Saved(\"x\"); } } class HttpSaver { public Task Saved(string text) => Task.CompletedTask; static void M() {")]
    public Task Used_results_and_foreign_calls_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Fact]
    public Task The_fix_discards_the_result_explicitly() => FixHarness.VerifyAsync(
        Chat.Using("{|TSR102:chat.Saved(\"x\")|};"), "Discard the result", Chat.Using("_ = chat.Saved(\"x\");"));

    [Theory]
    [InlineData(
        "ns.OnConnected(socket => { {|TSR102:socket.Client<IChat>().Saved(\"x\")|}; return Task.CompletedTask; });",
        "ns.OnConnected(async socket => { await socket.Client<IChat>().Saved(\"x\"); });")]
    [InlineData(
        "ns.On(\"x\", (socket, arguments) => { if (arguments.Count > 0) return Task.CompletedTask; {|TSR102:chat.Saved(\"x\")|}; return Task.CompletedTask; });",
        "ns.On(\"x\", async (socket, arguments) => { if (arguments.Count > 0) return; await chat.Saved(\"x\"); });")]
    [InlineData(
        "Task Send() { {|TSR102:chat.Saved(\"x\")|}; return Task.CompletedTask; }",
        "async Task Send() { await chat.Saved(\"x\"); }")]
    public Task The_fix_awaits_where_the_return_type_stays_a_task(string body, string expected) =>
        FixHarness.VerifyAsync(Chat.Using(body), "Await the call", Chat.Using(expected));

    [Fact]
    public Task The_fix_awaits_in_a_method_that_returns_a_task() => FixHarness.VerifyAsync(
        Chat.Using("{|TSR102:chat.Saved(\"x\")|}; return Task.CompletedTask;", "Task Run"), "Await the call",
        Chat.Using("await chat.Saved(\"x\");", "async Task Run"));

    [Fact]
    public Task The_fix_awaits_in_the_main_program() => FixHarness.VerifyAsync(
        "{|TSR102:default(IBroadcast<IEvents>)!.Saved()|};\n[SocketEvents] public interface IEvents { Task Saved(); }", "Await the call",
        "await default(IBroadcast<IEvents>)!.Saved();\n[SocketEvents] public interface IEvents { Task Saved(); }",
            OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("{|TSR102:chat.Saved(\"x\")|};", "Discard the result")]
    [InlineData("Action<int> send = _ => {|TSR102:chat.Saved(\"x\")|};", "")]
    [InlineData("Task<int> Send() { {|TSR102:chat.Saved(\"x\")|}; return Task.FromResult(1); }", "Discard the result")]
    public async Task Only_fixes_that_preserve_the_behavior_are_offered(string body, string expected) =>
        Assert.Equal(expected, string.Join(", ", await FixHarness.TitlesAsync(Chat.Using(body))));
}
