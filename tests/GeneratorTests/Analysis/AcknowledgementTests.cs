using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class AcknowledgementTests
{
    private const string Contract = """
        [SocketEvents] public interface IAsking { Task<int> Count(DateTime since); }
        [SocketEvents] interface ICommands { Task<int> Join(string room); }
        sealed class Handler : ICommands { public Task<int> Join(string room) => Task.FromResult(1); }

        """;

    [Fact]
    public Task Acknowledgements_of_many_clients_one_client_and_servers_are_results_too() => AnalyzerHarness.VerifyAsync(Contract + """
        static class Use
        {
            static void Run(Broadcast<IAsking> many, SocketClient<IAsking> one, Servers<IAsking> servers, SocketNamespace ns)
            {
                {|TSR102:many.Count(DateTime.UtcNow)|};
                {|TSR102:one.Count(DateTime.UtcNow)|};
                {|TSR102:servers.Count(DateTime.UtcNow)|};
                ns.HandleCommands<Handler>();
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
            static async Task Run(Broadcast<IAsking> many, SocketClient<IAsking> one, Servers<IAsking> servers, SocketNamespace ns)
            {
                _ = await many.Count({|TSR101:DateTime.Now|});
                _ = await one.Count({|TSR101:DateTime.Now|});
                await foreach (var answer in servers.Count({|TSR101:DateTime.Now|})) Console.WriteLine(answer);
                ns.HandleCommands(new Handler());
            }
        }
        """);

    [Fact]
    public Task A_contract_whose_handler_is_not_registered_is_reported() =>
        AnalyzerHarness.VerifyAsync(Contract.Replace("interface ICommands", "interface {|TSR103:ICommands|}", StringComparison.Ordinal));
}
