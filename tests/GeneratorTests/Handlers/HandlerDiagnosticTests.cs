using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>The errors for handlers that generated code cannot bind.</summary>
public class HandlerDiagnosticTests
{
    private const string Contracts =
        """

        [SocketEvents("/a")] public interface IAEvents { void Done(); }
        [SocketCommands("/a")] public interface IA { Task Go(); }
        [SocketCommands("/b")] public interface IB { Task Run(); }
        [SocketCommands] public interface IDisposing { Task OnConnectedAsync(); }
        [SocketCommands] public interface ICleaning { ValueTask DisposeAsync(); }
        """;

    [Theory]
    [InlineData("TSR070 H", "file class H : SocketHandler, IA { public Task Go() => Task.CompletedTask; }")]
    [InlineData("TSR070 H", "class Outer { private class H : SocketHandler, IA { public Task Go() => Task.CompletedTask; } }")]
    [InlineData("TSR070 G<Outer.P>",
        "class G<T> : SocketHandler, IA { public Task Go() => Task.CompletedTask; }"
        + " class Outer { private class P; static void Add(SocketIOBuilder b) => b.AddHandler<G<Outer.P>>(); }")]
    [InlineData("TSR071 H",
        "abstract class H : SocketHandler, IA { public Task Go() => Task.CompletedTask; }"
        + " static class S { static void Add(SocketIOBuilder b) => b.AddHandler<H>(); }")]
    [InlineData("TSR072 H", "class H : SocketHandler;")]
    [InlineData("TSR072 H", "class H : SocketHandler, IAEvents { public void Done() { } }")]
    [InlineData("TSR073 H", "class H : SocketHandler, IA { private H() { } public Task Go() => Task.CompletedTask; }")]
    [InlineData("TSR073 H",
        "class H(ref int count) : SocketHandler, IA { public int Count = count; public Task Go() => Task.CompletedTask; }")]
    [InlineData("TSR073 H",
        "class H : SocketHandler, IA { public H(string a) { } public H(Uri a) { } public Task Go() => Task.CompletedTask; }")]
    [InlineData("TSR073 H",
        "class H : SocketHandler, IA { public required string Name { get; set; } public Task Go() => Task.CompletedTask; }")]
    [InlineData("TSR074 socket",
        "class H(ISocket socket) : SocketHandler, IA { public async Task Go() => await socket.LeaveAsync(\"a\"); }")]
    [InlineData("TSR075 OnConnectedAsync",
        "class H : SocketHandler, IDisposing { public override Task OnConnectedAsync() => Task.CompletedTask; }")]
    [InlineData("TSR075 H", "class H : SocketHandler, IDisposing;")]
    [InlineData("TSR075 DisposeAsync",
        "class H : SocketHandler, ICleaning, IAsyncDisposable { public ValueTask DisposeAsync() => default; }")]
    [InlineData("TSR076 H", "class H : SocketHandler<IAEvents>, IB { public Task Run() => Task.CompletedTask; }")]
    [InlineData("TSR077 H", "class H : SocketHandler<IA>, IA { public Task Go() => Task.CompletedTask; }")]
    [InlineData("TSR078 H",
        "class H : SocketHandler, IA { [Own] public Task Go() => Task.CompletedTask; private class OwnAttribute : AuthorizeAttribute; }")]
    public void A_handler_that_cannot_be_bound_is_an_error(string expected, string source) =>
        Assert.Equal([expected], HandlerHarness.Problems(source + Contracts));

    [Theory]
    [InlineData("abstract class H : SocketHandler;")]
    [InlineData("class H : SocketHandler, IDisposing { Task IDisposing.OnConnectedAsync() => Task.CompletedTask; }")]
    [InlineData("class H : SocketHandler<AnyEvents>, IA, IB { public Task Go() => Task.CompletedTask; public Task Run() => Go(); }")]
    [InlineData("class H<T> : SocketHandler, IA { public Task Go() => Task.CompletedTask; }")]
    [InlineData(
        "class H : SocketHandler, IA { internal H(IServiceProvider s) { } private H() { } public Task Go() => Task.CompletedTask; }")]
    public void A_handler_that_can_be_bound_is_not_an_error(string source) =>
        Assert.Empty(HandlerHarness.Problems(source + Contracts));
}
