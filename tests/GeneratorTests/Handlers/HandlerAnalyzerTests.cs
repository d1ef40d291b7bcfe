using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Analysis.Handlers;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>The advice about handlers that compile but are rarely intended.</summary>
public class HandlerAnalyzerTests
{
    private const string Contracts =
        """

        [SocketEvents] public interface IAEvents { void Done(); }
        [SocketCommands] public interface IA { Task<int> Go(); }
        """;

    [Theory]
    [InlineData("TSR112 _n", "class H : SocketHandler, IA { int _n; public Task<int> Go() => Task.FromResult(++_n); }")]
    [InlineData("TSR112 n", "class H(int n) : SocketHandler, IA { public async Task<int> Go() { await Task.Yield(); return n += 1; } }")]
    [InlineData("TSR112 _n",
        "class H : SocketHandler, IA { int _n; public Task<int> Go() => Task.FromResult(Interlocked.Increment(ref _n)); }")]
    [InlineData("TSR112 N",
        "class H : SocketHandler, IA { int N { get; set; } public Task<int> Go() { (N, _) = (1, 2); return Task.FromResult(N); } }")]
    [InlineData("TSR112 _s",
        "class H : SocketHandler, IA { string? _s; public override Task OnConnectedAsync() { Set(); return Task.CompletedTask; }"
        + " void Set() => _s ??= \"a\"; public Task<int> Go() => Task.FromResult(_s!.Length); }")]
    [InlineData("TSR113 b.AddHandler<H>(new System.Text.RegularExpressions.Regex(\"a\"))",
        "class H(IEmitter<IAEvents> e) : SocketHandler, IA { public Task<int> Go() { e.All.Done(); return Task.FromResult(1); } }"
        + " static class S { static void Add(SocketIOBuilder b) => b.AddHandler<H>(new System.Text.RegularExpressions.Regex(\"a\")); }")]
    [InlineData("TSR114 Go", "[AllowAnonymous] class H : SocketHandler, IA { [Authorize] public Task<int> Go() => Task.FromResult(1); }")]
    [InlineData("TSR114 Go",
        "[AllowAnonymous] abstract class B : SocketHandler; class H : B, IA { [Authorize] public Task<int> Go() => Task.FromResult(1); }")]
    [InlineData("TSR119 Help", "class H : SocketHandler, IA { public Task<int> Go() => Help(); [Authorize] Task<int> Help() => Task.FromResult(1); }")]
    [InlineData("TSR119 OnConnectedAsync",
        "class H : SocketHandler, IA { [Authorize] public override Task OnConnectedAsync() => Task.CompletedTask; "
        + "public Task<int> Go() => Task.FromResult(1); }")]
    [InlineData("TSR122 Stop", "class H : SocketHandler, IA { public Task<int> Go() => Task.FromResult(1); public void Stop() { } }")]
    [InlineData("TSR122 OnConnectedAsync",
        "class H : SocketHandler, IA { public Task<int> Go() => Task.FromResult(1); Task OnConnectedAsync(int n) => Task.FromResult(n); }")]
    [InlineData("TSR122 OnDisconnectedAsync",
        "class H : SocketHandler, IA { public Task<int> Go() => Task.FromResult(1); public Task OnDisconnectedAsync() => Task.CompletedTask; }")]
    [InlineData("TSR123 User",
        "class H : SocketHandler, IA { string? _s; public H() { _s = User.Identity?.Name; } public Task<int> Go() => Task.FromResult(_s!.Length); }")]
    [InlineData("TSR123 Clients",
        "class H : SocketHandler<IAEvents>, IA { public H() => Clients.All.Done(); public Task<int> Go() => Task.FromResult(1); }")]
    public async Task A_member_without_effect_is_reported(string expected, string source) =>
        Assert.Equal([expected], await AdviceAsync(source + Contracts));

    [Theory]
    [InlineData("class H : SocketHandler, IA { int _n; public H() => _n = 1; public Task<int> Go() => Task.FromResult(_n); }")]
    [InlineData("class H : SocketHandler, IA { static int _n; public Task<int> Go() => Task.FromResult(++_n); }")]
    [InlineData("class H : SocketHandler, IA { public Task<int> Go() { var n = 1; n++; return Task.FromResult(n); } }")]
    [InlineData(
        "class H : SocketHandler, IA { int _n; public Task<int> Go() => Task.FromResult(++_n); }"
        + " static class S { static void Add(SocketIOBuilder b) => b.AddHandler<H>(HandlerLifetime.Socket); }")]
    [InlineData("class H : IA { int _n; public Task<int> Go() => Task.FromResult(++_n); }")]
    [InlineData(
        "class H : SocketHandler, IA, IDisposable { bool _d; public Task<int> Go() => Task.FromResult(_d ? 1 : 2);"
        + " public void Dispose() => _d = true; }")]
    [InlineData(
        "class H(IEmitter<IAEvents> e) : SocketHandler, IA { public Task<int> Go() { e.All.Done(); return Task.FromResult(1); } }"
        + " static class S { static void Add(SocketIOBuilder b) => b.AddHandler<H>(); }")]
    [InlineData("[Authorize] class H : SocketHandler, IA { [Authorize(\"a\")] public Task<int> Go() => Task.FromResult(1); }")]
    [InlineData(
        "interface IAged { int Age(); } abstract class B : SocketHandler { public Task<int> Go() => Task.FromResult(1); }"
        + " class H : B, IA, IAged { public int Age() => 1; public override string ToString() => \"\"; internal void Help() { } public static void S() { }"
        + " public override Task OnDisconnectedAsync(DisconnectInfo info) => Task.CompletedTask; }")]
    [InlineData(
        "class H : SocketHandler, IA { Func<string?> _f; public H() => _f = () => Socket.UserId; public Task<int> Go() => Task.FromResult(_f()!.Length); }")]
    [InlineData("class H : SocketHandler, IA { public H(IServiceProvider s) => Socket = (ISocket)s; public Task<int> Go() => Task.FromResult(1); }")]
    public async Task A_member_with_effect_is_not_reported(string source) => Assert.Empty(await AdviceAsync(source + Contracts));

    private static async Task<IEnumerable<string>> AdviceAsync(string source)
    {
        var (compilation, _, problems) = HandlerHarness.Run(HandlerHarness.Compile(source));
        Assert.Empty(problems);
        var found = await compilation
            .WithAnalyzers(
            [
                new HandlerFieldAnalyzer(), new HandlerEmitterAnalyzer(), new HandlerAnonymousAnalyzer(), new UncalledMethodAnalyzer(),
                new EarlySocketAnalyzer(),
            ])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return found.Select(d => $"{d.Id} {source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}");
    }
}
