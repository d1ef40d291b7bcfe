using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Contracts of commands that still have the attribute of events.</summary>
public sealed class MisdirectedContractTests
{
    private const string Title = "Use [SocketCommands], and return Task";

    [Theory]
    [InlineData("[SocketEvents] public interface {|TSR108:IChatCommands|} { Task Say(string text); }")]
    [InlineData("[SocketEvents] public interface {|TSR108:IChat|} { Task Say(string text); } public class Chat : IChat { public Task Say(string text) => Task.CompletedTask; }")]
    [InlineData("[SocketEvents] public interface {|TSR108:IBase|} { void A(); } public interface IMore : IBase; public struct More : IMore { public void A() { } }")]
    public Task A_contract_that_is_implemented_or_named_as_commands_is_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData("[SocketEvents] public interface IChatEvents { void Said(string text); }")]
    [InlineData("[SocketCommands] public interface IChatCommands { Task Say(string text); } public class Chat : IChatCommands { public Task Say(string text) => Task.CompletedTask; }")]
    [InlineData("[ServerEvents] public interface INodes { Task Say(string text); } public class Node : INodes { public Task Say(string text) => Task.CompletedTask; }")]
    [InlineData("public interface IPlainCommands { void Say(string text); }")]
    public Task Other_contracts_are_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Fact]
    public async Task The_message_names_the_class_that_implements_the_contract()
    {
        var advice = Assert.Single(await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(
            "[SocketEvents] public interface IChat { void Say(); } public class Second : IChat { public void Say() { } } public class First : IChat { public void Say() { } }")));
        Assert.Equal("'IChat' has [SocketEvents], so servers send its events, but 'First' implements it: "
            + "events that clients send belong to a contract with [SocketCommands]", advice.GetMessage(null));
    }

    [Fact]
    public Task The_fix_changes_the_attribute_and_the_return_types() => FixHarness.VerifyAsync(
        """
        /// <summary>Chat.</summary>
        [SocketEvents("/chat")]
        public interface {|TSR108:IChat|}
        {
            /// <summary>Says.</summary>
            void Say(string text);

            Task<int> Count();

            void Leave();
            void Stop();
            void Typing();
        }

        public class Chat : IChat
        {
            // Async already.
            public async void Say(string text) => await Task.Yield();

            public Task<int> Count() => Task.FromResult(1);

            public void Leave()
            {
                if (Environment.ProcessId == 0) return;
                Console.WriteLine();
            }

            void IChat.Stop() => Console.WriteLine();

            public void Typing() { }

            public void Other() { }
        }
        """,
        Title,
        """
        /// <summary>Chat.</summary>
        [SocketCommands("/chat")]
        public interface IChat
        {
            /// <summary>Says.</summary>
            Task Say(string text);

            Task<int> Count();

            Task Leave();
            Task Stop();
            Task Typing();
        }

        public class Chat : IChat
        {
            // Async already.
            public async Task Say(string text) => await Task.Yield();

            public Task<int> Count() => Task.FromResult(1);

            public Task Leave()
            {
                if (Environment.ProcessId == 0) return Task.CompletedTask;
                Console.WriteLine();
                return Task.CompletedTask;
            }

            Task IChat.Stop()
            {
                Console.WriteLine();
                return Task.CompletedTask;
            }

            public Task Typing() { return Task.CompletedTask; }

            public void Other() { }
        }
        """);

    [Fact]
    public Task The_fix_keeps_the_form_of_the_attribute() => FixHarness.VerifyAsync(
        "[TypedSocketRedis.SocketEventsAttribute] public interface {|TSR108:IChatCommands|} { void Say(string text); }", Title,
        "[TypedSocketRedis.SocketCommandsAttribute] public interface IChatCommands { Task Say(string text); }");
}
