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
    [InlineData("_ = SocketHarness.StartAsync({|TSR107:async io => await Task.Yield()|}, {|TSR107:async o => await Task.Yield()|});")]
    [InlineData("_ = new HarnessClientOptions { Request = {|TSR107:async request => await Task.Yield()|} };")]
    public Task An_async_function_that_is_not_awaited_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData(
        "ns.OnConnected(async socket => { socket.OnAnyOutgoing(async (n, a) => await Task.Yield()); socket.OnAnyOutgoing((n, a) => { }); await Task.Yield(); });")]
    [InlineData(Services + ".AddSocketIO(null!, o => o.AllowRequest = async context => { await Task.Yield(); return true; });")]
    [InlineData(Options + ".Configure<SocketIOOptions>(null!, o => o.AllowUpgrades = false); " + Options
        + ".Configure<List<int>>(null!, async o => await Task.Yield());")]
    [InlineData("new List<int>().ForEach(async i => await Task.Yield()); Action later = async () => await Task.Yield();")]
    public Task A_function_with_a_task_and_foreign_delegates_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));
}
