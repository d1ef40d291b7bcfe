using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Contracts that were ported from SignalR.</summary>
public sealed class SignalRContractTests
{
    [Theory]
    [InlineData("[SocketEvents] public interface {|TSR117:IChatClient|} { Task UserJoined(string name); }")]
    [InlineData("[SocketEvents(\"/chat\")] public interface {|TSR117:IChat|} { Task UserJoined(string name); Task ReceiveMessage(string text); }")]
    public Task A_contract_like_one_of_SignalR_is_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData("[SocketEvents] public interface IChatClient { void UserJoined(string name); }")]
    [InlineData("[SocketEvents] public interface IChat { Task UserJoined(string name); }")]
    [InlineData("[SocketEvents(Naming = SocketNaming.AsDeclared)] public interface IChatClient { Task UserJoined(string name); }")]
    [InlineData("[assembly: SocketContractDefaults(EventNaming = SocketNaming.CamelCase)] [SocketEvents] public interface IChatClient { Task UserJoined(string name); }")]
    [InlineData("[SocketCommands] public interface IChatClient { Task UserJoined(string name); }")]
    [InlineData("[SocketEvents] public interface IChatClient { [SocketEvent(\"joined\")] Task UserJoined(string name); }")]
    public Task Other_contracts_and_those_with_a_naming_are_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);
}
