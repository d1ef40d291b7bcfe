using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class UnusedContractTests
{
    // As in generated code, the call that registers a handler does not name the contract.
    private const string Dispatcher =
        "static class ICommandsDispatch { public static void HandleCommands<T>(this SocketNamespace ns) where T : class, ICommands { } }";

    [Theory]
    [InlineData("[SocketEvents] interface {|TSR103:ICommands|} { void Join(string room); }")]
    [InlineData(
        "[SocketEvents] interface {|TSR103:ICommands|} { void Join(string room); } class Handler : ICommands { public void Join(string room) { } }")]
    [InlineData(
        "[SocketEvents] interface {|TSR103:IOne|} { void A(); } [SocketEvents] interface ITwo { void A(); } static class Use { static void Run(Broadcast<ITwo> two) => two.A(); }")]
    [InlineData(
        "namespace A { [SocketEvents] interface {|TSR103:ICommands|} { void Join(string room); } } namespace B { [SocketEvents] interface ICommands { void Leave(); } static class Use { static object Run() => typeof(ICommands); } }")]
    [InlineData(
        "namespace A { [SocketEvents] interface {|TSR103:ICommands|} { void Join(string room); } } namespace B { interface ICommands; class Use(ICommands commands) { public override string ToString() => commands.ToString()!; } }")]
    [InlineData(
        "[SocketEvents] interface {|TSR103:ICommands|} { void Join(string room); } class Use { public int ICommands => 1; public int Other => ICommands; }")]
    public Task An_unreferenced_contract_is_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Fact]
    public Task In_a_program_an_unreferenced_public_contract_is_reported_too() => AnalyzerHarness.VerifyAsync(
        "Console.WriteLine(); [SocketEvents] public interface {|TSR103:ICommands|} { void Join(string room); }",
            OutputKind.ConsoleApplication);

    [Fact]
    public async Task A_handler_that_is_not_registered_is_named()
    {
        var (source, _) = AnalyzerHarness.Parse(
            "namespace Demo; [SocketEvents] interface ICommands { void A(); } sealed class Handler : Demo.ICommands { public void A() { } }");
        var advice = Assert.Single(await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(source)));
        Assert.Equal(
            "The events of 'ICommands' are never sent or handled: 'Handler' implements it, but is not registered by a call of its Handle method",
            advice.GetMessage(null));
    }

    [Fact]
    public async Task A_handler_of_another_contract_of_the_same_name_is_not_named()
    {
        var advice = await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile("""
            namespace A { [SocketEvents] interface ICommands { void A(); } }
            namespace B { [SocketEvents] interface ICommands { void B(); } sealed class Handler : ICommands { public void B() { } } }
            """));
        Assert.Equal(
            [
                "The events of 'A.ICommands' are never sent or handled",
                "The events of 'B.ICommands' are never sent or handled: 'Handler' implements it, but is not registered by a call of its Handle method",
            ],
            advice.Select(d => d.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[SocketEvents] interface ICommands<T> { void Join(T room); }")]
    [InlineData("[SocketEvents] file interface ICommands { void Join(string room); }")]
    [InlineData("class Outer { [SocketEvents] private interface ICommands { void Join(string room); } }")]
    public async Task An_invalid_contract_reports_only_its_error(string source) =>
        Assert.Empty(await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(source)));

    [Theory]
    [InlineData("[SocketEvents] public interface ICommands { void Join(string room); }")]
    [InlineData(
        "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")] [SocketEvents] interface ICommands { void Join(string room); }")]
    [InlineData("[SocketEvents] interface INothing;")]
    [InlineData(
        "[SocketEvents] interface ICommands { void Join(string room); } class Handler : ICommands { public void Join(string room) { } } static class Use { static void Run(SocketNamespace ns) => ns.HandleCommands<Handler>(); } " + Dispatcher)]
    [InlineData(
        "[SocketEvents] interface ICommands { void Join(string room); } class Handler : ICommands { public void Join(string room) { } } static class Use { static void Run(SocketNamespace ns) => ns.HandleWith(new Handler()); } static class With { public static void HandleWith(this SocketNamespace ns, ICommands handler) { } }")]
    [InlineData(
        "[SocketEvents] interface ICommands { void Join(string room); } class Use(ICommands commands) { public override string ToString() => commands.ToString()!; }")]
    [InlineData(
        "[SocketEvents] interface ICommands { void Join(string room); } static class Use { static object Run() => typeof(ICommands); }")]
    [InlineData(
        "[SocketEvents] interface IBase { void A(); } [SocketEvents] interface IMore : IBase; static class Use { static void Run(Broadcast<IMore> more) => more.A(); }")]
    public Task A_contract_that_is_used_or_visible_to_others_is_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);
}
