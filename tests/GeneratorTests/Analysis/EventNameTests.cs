using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class EventNameTests
{
    [Theory]
    [InlineData("ns.On({|TSR104:\"Said\"|}, (socket, arguments) => Task.CompletedTask);")]
    [InlineData("ns.On({|TSR104:\"SAID\"|}, (s, a) => Task.CompletedTask); ns.On({|TSR104:\"no-ted\"|}, (s, a) => Task.CompletedTask);")]
    public Task A_handler_for_another_spelling_of_an_event_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("ns.On(\"said\", (socket, arguments) => Task.CompletedTask);")]
    [InlineData("ns.On(\"saids\", (socket, arguments) => Task.CompletedTask); ns.On(\"other\", (socket, arguments) => Task.CompletedTask);")]
    [InlineData("var name = Console.ReadLine()!; ns.On(name, (socket, arguments) => Task.CompletedTask);")]
    public Task A_different_name_is_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Fact]
    public Task The_fix_uses_the_spelling_of_the_contract() => FixHarness.VerifyAsync(
        Chat.Using("ns.On({|TSR104:\"Said\"|}, (socket, arguments) => Task.CompletedTask);"), "Change to \"said\"",
        Chat.Using("ns.On(\"said\", (socket, arguments) => Task.CompletedTask);"));

    [Theory]
    [InlineData("ns.On({|TSR105:\"disconnect\"|}, (socket, arguments) => Task.CompletedTask);")]
    [InlineData(
        "ns.On({|TSR105:\"connection\"|}, (socket, arguments) => Task.CompletedTask); ns.On({|TSR105:\"connect\"|}, (socket, arguments) => Task.CompletedTask);")]
    [InlineData("const string Name = \"disconnecting\"; ns.On({|TSR105:Name|}, (socket, arguments) => Task.CompletedTask);")]
    [InlineData("ns.OnConnected(async socket => await socket.Client<AnyEvents>().EmitAsync({|TSR105:\"connect_error\"|}));")]
    [InlineData("ns.All.Emit({|TSR105:\"connect\"|}, 1); _ = ns.All.EmitWithAck({|TSR105:\"disconnect\"|});")]
    public Task A_reserved_name_of_Socket_IO_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData(
        "ns.On(\"disconnected\", (socket, arguments) => Task.CompletedTask); ns.OnConnected(async socket => await socket.Client<AnyEvents>().EmitAsync(\"connection\"));")]
    [InlineData("new Emitter().On(\"disconnect\"); } } class Emitter { public void On(string name) { } static void M() {")]
    public Task Other_names_and_foreign_emitters_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("[SocketEvents] public interface IEvents { Task {|TSR106:SavedAsync|}(string text); void {|TSR106:IOReadyAsync|}(); }")]
    public Task A_suffix_that_would_reach_the_wire_is_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData(
        "[SocketEvents] public interface IEvents { [SocketEvent(\"saved\")] Task SavedAsync(); [SocketEvent(\"storedAsync\")] Task StoredAsync(); }")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void Async(); void Asynchronous(); void Saved(); void SavedAsync(); void ConnectAsync(); }")]
    [InlineData("public interface IPlain { Task SavedAsync(); }")]
    public Task An_explicit_name_and_one_without_an_alternative_are_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Fact]
    public Task The_fix_names_the_event_without_the_suffix() => FixHarness.VerifyAsync(
        """
        [SocketEvents] public interface IEvents
        {
            /// <summary>Stored for good.</summary>
            Task {|TSR106:SavedAsync|}(string text);
        }
        """,
        "Name the event \"saved\"",
        """
        [SocketEvents] public interface IEvents
        {
            /// <summary>Stored for good.</summary>
            [SocketEvent("saved")]
            Task SavedAsync(string text);
        }
        """);

    [Fact]
    public Task All_names_are_fixed_together() => FixHarness.VerifyAllAsync(
        """
        [SocketEvents] public interface IEvents
        {
            Task {|TSR106:SavedAsync|}(string text);
            Task {|TSR106:StoredAsync|}(string text);
        }
        """,
        "TSR106",
        "Name the event \"saved\"",
        """
        [SocketEvents] public interface IEvents
        {
            [SocketEvent("saved")]
            Task SavedAsync(string text);
            [SocketEvent("stored")]
            Task StoredAsync(string text);
        }
        """);
}
