using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class AckTests
{
    private const string Contract = """
        [SocketEvents] public interface IAsking { Task<int> Count(DateTime since); }
        [ServerEvents] public interface INodes { Task<int> Count(DateTime since); }
        [SocketCommands] interface ICommands { Task<int> Join(string room); }
        sealed class Handler : ICommands { public Task<int> Join(string room) => Task.FromResult(1); }
        static class Handlers { public static void AddHandler<T>(this ISocketNamespace<AnyEvents> ns) where T : class { } }

        """;

    [Fact]
    public Task Acknowledgements_of_many_clients_one_client_and_servers_are_results_too() => AnalyzerHarness.VerifyAsync(Contract + """
        static class Use
        {
            static void Run(IBroadcast<IAsking> many, ISocketClient<IAsking> one, IServers<INodes> servers, ISocketNamespace<AnyEvents> ns)
            {
                {|TSR102:many.Count(DateTime.UtcNow)|};
                {|TSR102:one.Count(DateTime.UtcNow)|};
                {|TSR102:servers.Count(DateTime.UtcNow)|};
                ns.AddHandler<Handler>();
            }
        }
        """);

    [Fact]
    public Task A_wide_number_in_a_result_is_reported_too() =>
        AnalyzerHarness.VerifyAsync("[SocketEvents] public interface IAsking { {|TSR100:Task<long>|} Count(); }");

    [Fact]
    public Task A_date_in_an_event_with_a_result_is_reported_too() => AnalyzerHarness.VerifyAsync(Contract + """
        static class Use
        {
            static async Task Run(IBroadcast<IAsking> many, ISocketClient<IAsking> one, IServers<INodes> servers, ISocketNamespace<AnyEvents> ns)
            {
                _ = await many.Count({|TSR101:DateTime.Now|});
                _ = await one.Count({|TSR101:DateTime.Now|});
                await foreach (var ack in servers.Count({|TSR101:DateTime.Now|})) Console.WriteLine(ack);
                ns.AddHandler<Handler>();
            }
        }
        """);

    [Fact]
    public Task A_contract_whose_handler_is_not_registered_is_reported() =>
        AnalyzerHarness.VerifyAsync(Contract.Replace("interface ICommands", "interface {|TSR103:ICommands|}", StringComparison.Ordinal));
}
