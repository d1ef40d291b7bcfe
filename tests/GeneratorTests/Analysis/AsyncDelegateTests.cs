using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class AsyncDelegateTests
{
    private const string Services = "Microsoft.Extensions.DependencyInjection.SocketIOServiceCollectionExtensions";

    private const string Options = "Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions";

    [Theory]
    [InlineData(
        "ns.OnConnected(socket => { socket.OnAnyOutgoing({|TSR107:Sent|}); return Task.CompletedTask; }); async void Sent(string n, SocketArguments a) => await Task.Yield();")]
    [InlineData(
        "ns.OnConnected(socket => { socket.OnAnyOutgoing((Action<string, SocketArguments>)({|TSR107:async (n, a) => await Task.Yield()|})); return Task.CompletedTask; });")]
    [InlineData(Services + ".AddSocketIO(null!, {|TSR107:async o => { await Task.Yield(); o.AllowUpgrades = false; }|});")]
    [InlineData(Options + ".Configure<SocketIOOptions>(null!, {|TSR107:async o => { await Task.Yield(); o.AllowUpgrades = false; }|});")]
    [InlineData(Options + ".Configure<SocketIOOptions>(null!, \"name\", {|TSR107:async o => await Task.Yield()|});")]
    [InlineData(Options + ".PostConfigure<RedisAdapterOptions>(null!, {|TSR107:async o => await Task.Yield()|});")]
    [InlineData(Options
        + ".ConfigureAll<RedisEmitterOptions>(null!, {|TSR107:Set|}); async void Set(RedisEmitterOptions o) => await Task.Yield();")]
    [InlineData(Options
        + ".AddOptions<SocketIOOptions>(null!).Configure({|TSR107:async o => await Task.Yield()|}).PostConfigure<string>({|TSR107:async (o, s) => await Task.Yield()|});")]
    [InlineData("_ = new Microsoft.Extensions.Options.ConfigureOptions<SocketIOOptions>({|TSR107:async o => await Task.Yield()|});")]
    public Task An_async_function_that_is_not_awaited_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData(
        "ns.OnConnected(async socket => { socket.OnAnyOutgoing(async (n, a) => await Task.Yield()); socket.OnAnyOutgoing((n, a) => { }); await Task.Yield(); });")]
    [InlineData(Services + ".AddSocketIO(null!, o => o.AllowRequest = async context => { await Task.Yield(); return true; });")]
    [InlineData(Options + ".Configure<SocketIOOptions>(null!, o => o.AllowUpgrades = false); " + Options
        + ".Configure<List<int>>(null!, async o => await Task.Yield());")]
    [InlineData("new List<int>().ForEach(async i => await Task.Yield()); Action later = async () => await Task.Yield();")]
    public Task A_function_with_a_task_and_foreign_delegates_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("public async void {|TSR108:Said|}(string text) => await Task.Yield();")]
    [InlineData("async void IEvents.{|TSR108:Said|}(string text) => await Task.Yield();")]
    public Task An_async_void_handler_is_reported(string method) => AnalyzerHarness.VerifyAsync(
        $"[SocketEvents] public interface IEvents {{ void Said(string text); }} public class Handler : IEvents {{ {method} }}");

    [Theory]
    [InlineData(
        "[SocketEvents] public interface IEvents { Task Said(); } public class Handler : IEvents { public async Task Said() => await Task.Yield(); public async void Other() => await Task.Yield(); }")]
    [InlineData(
        "public interface IPlain { void Said(); } public class Handler : IPlain { public async void Said() => await Task.Yield(); }")]
    [InlineData("[SocketEvents] public interface IEvents { void Said(); } public class Handler : IEvents { public void Said() { } }")]
    public Task A_handler_with_a_task_and_other_methods_are_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);

    [Fact]
    public Task The_fix_returns_a_task_from_the_contract_and_its_handlers() => FixHarness.VerifyAsync(
        """
        [SocketEvents] public interface IEvents
        {
            /// <summary>Said.</summary>
            void Said(string text);
        }

        public class Handler : IEvents
        {
            // First.
            public async void {|TSR108:Said|}(string text) => await Task.Yield();
        }

        public class Second : IEvents { async void IEvents.{|TSR108:Said|}(string text) => await Task.Yield(); }
        """,
        "Return Task from the contract's method",
        """
        [SocketEvents] public interface IEvents
        {
            /// <summary>Said.</summary>
            Task Said(string text);
        }

        public class Handler : IEvents
        {
            // First.
            public async Task Said(string text) => await Task.Yield();
        }

        public class Second : IEvents { async Task IEvents.Said(string text) => await Task.Yield(); }
        """);

    [Fact]
    public async Task Without_an_obvious_result_no_fix_is_offered() => Assert.Empty(await FixHarness.TitlesAsync("""
        [SocketEvents] public interface IEvents { void Said(string text); }
        public class Handler : IEvents { public async void {|TSR108:Said|}(string text) => await Task.Yield(); }
        public class Second : IEvents { public void Said(string text) { } }
        """));
}
