using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class UnusedContractTests
{
    private const string Commands = "[SocketCommands] interface ICommands { Task Join(string room); } ";

    private const string Reported = "[SocketCommands] interface {|TSR103:ICommands|} { Task Join(string room); } ";

    private const string Handler = "class Handler : ICommands { public Task Join(string room) => Task.CompletedTask; } ";

    // As in the library, the call that registers a handler does not name the contract.
    private const string Registration =
        "static class Builder { public static void AddHandler<T>(this IServiceProvider to) where T : class { } } ";

    [Theory]
    [InlineData(Reported)]
    [InlineData(Reported + Handler)]
    [InlineData(
        "[SocketEvents] interface {|TSR103:IOne|} { void A(); } [SocketEvents] interface ITwo { void A(); } static class Use { static void Run(IBroadcast<ITwo> two) => two.A(); }")]
    [InlineData(
        "namespace A { " + Reported + "} namespace B { [SocketCommands] interface ICommands { Task Leave(); } static class Use { static object Run() => typeof(ICommands); } }")]
    [InlineData(
        "namespace A { " + Reported + "} namespace B { interface ICommands; class Use(ICommands commands) { public override string ToString() => commands.ToString()!; } }")]
    [InlineData(Reported + "class Use { public int ICommands => 1; public int Other => ICommands; }")]
    [InlineData(Reported + Handler + "class Other; static class Use { static void Run(IServiceProvider to) => to.AddHandler<Other>(); } " + Registration)]
    [InlineData(Reported + Handler + "static class Use { static void Run(Microsoft.Extensions.DependencyInjection.IServiceCollection to) => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddScoped<Handler>(to); }")]
    public Task An_unreferenced_contract_is_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Fact]
    public Task In_a_program_an_unreferenced_public_contract_is_reported_too() => AnalyzerHarness.VerifyAsync(
        "Console.WriteLine(); [SocketCommands] public interface {|TSR103:ICommands|} { Task Join(string room); }",
            OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("Demo.ICommands")]
    [InlineData("ICommands")]
    public async Task A_handler_that_is_not_registered_is_named(string contract)
    {
        var (source, _) = AnalyzerHarness.Parse(
            $"namespace Demo; [SocketCommands] interface ICommands {{ Task A(); }} sealed class Handler : {contract} {{ public Task A() => Task.CompletedTask; }}");
        var advice = Assert.Single(await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(source)));
        Assert.Equal(
            "The events of 'ICommands' are never sent or handled: 'Handler' implements it, but is not registered with AddHandler<Handler>()",
            advice.GetMessage(null));
    }

    [Fact]
    public async Task A_handler_of_another_contract_of_the_same_name_is_not_named()
    {
        var advice = await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile("""
            namespace A { [SocketCommands] interface ICommands { Task A(); } }
            namespace B { [SocketCommands] interface ICommands { Task B(); } sealed class Handler : ICommands { public Task B() => Task.CompletedTask; } }
            """));
        Assert.Equal(
            [
                "The events of 'A.ICommands' are never sent or handled",
                "The events of 'B.ICommands' are never sent or handled: 'Handler' implements it, but is not registered with AddHandler<Handler>()",
            ],
            advice.Select(d => d.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[SocketCommands] interface ICommands<T> { Task Join(T room); }")]
    [InlineData("[SocketCommands] file interface ICommands { Task Join(string room); }")]
    [InlineData("class Outer { [SocketCommands] private interface ICommands { Task Join(string room); } }")]
    public async Task An_invalid_contract_reports_only_its_error(string source) =>
        Assert.Empty(await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(source)));

    [Theory]
    [InlineData("[SocketCommands] public interface ICommands { Task Join(string room); }")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")] " + Commands)]
    [InlineData("[SocketEvents] interface INothing;")]
    [InlineData(Commands + Handler + "static class Use { static void Run(IServiceProvider to) => to.AddHandler<Handler>(); } " + Registration)]
    [InlineData(Commands + "class Base : ICommands { public Task Join(string room) => Task.CompletedTask; } class Handler : Base; "
        + "static class Use { static void Run(IServiceProvider to) => to.AddHandler<Handler>(); } " + Registration)]
    [InlineData(Commands + "class Use(ICommands commands) { public override string ToString() => commands.ToString()!; }")]
    [InlineData(Commands + "static class Use { static object Run() => typeof(ICommands); }")]
    [InlineData("[SocketEvents] interface IEvents { void A(); } class Use(IEmitter<IEvents> emitter) { public object All => emitter.All; }")]
    [InlineData(
        "[SocketEvents] interface IBase { void A(); } [SocketEvents] interface IMore : IBase; static class Use { static void Run(IBroadcast<IMore> more) => more.A(); }")]
    public Task A_contract_that_is_used_or_visible_to_others_is_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);
}
