using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Receivers and emitters of types without events for clients.</summary>
public sealed class NoEventsTests
{
    private const string Contracts =
        "[SocketCommands] public interface IChatCommands { Task Say(); } [ServerEvents] public interface INodes { Task Changed(); } ";

    [Theory]
    [InlineData("class Use(IEmitter<{|TSR111:IDisposable|}> emitter) { public object All => emitter.All; }")]
    [InlineData("class Use(IEmitter<{|TSR111:IChatCommands|}> emitter) { IBroadcast<{|TSR111:INodes|}>? Room => null; public object All => Room ?? (object)emitter.All; }")]
    [InlineData("class Use { void Run(ISocketClient<{|TSR111:string|}> one, IEmitter<{|TSR111:Uri|}>? all) { } }")]
    [InlineData("class Use(IServers<{|TSR111:IChatCommands|}> servers) { public object All => servers; object Of(SocketIOServer io) => io.Servers<{|TSR111:IDisposable|}>(); }")]
    public Task A_type_argument_without_events_is_reported(string source) => AnalyzerHarness.VerifyAsync(Contracts + source);

    [Theory]
    [InlineData("class Use(IEmitter<AnyEvents> emitter, IServers<INodes> servers, IServers<AnyEvents> any) { public object Any => any; public object All => emitter.All ?? (object)servers; }")]
    [InlineData("class Use<T>(IEmitter<T> emitter) where T : class { public object All => emitter.All; }")]
    [InlineData("interface IEmitter<T>; class Use(IEmitter<int> emitter) { public object All => emitter; }")]
    [InlineData("[SocketEvents] public interface IChat { void Said(); } class Use(IEmitter<IChat> emitter) { public object Of => typeof(IEmitter<>) ?? (object)emitter; }")]
    public Task Contracts_type_parameters_and_foreign_types_are_not_reported(string source) =>
        AnalyzerHarness.VerifyAsync(Contracts + source);
}
