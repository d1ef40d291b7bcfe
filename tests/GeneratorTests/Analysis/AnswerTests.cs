using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class AnswerTests
{
    private const string Contract = """
        [SocketEvents] public interface IAsking { Task<int> Count(DateTime since); }
        [SocketEvents] interface ICommands { Task<int> Join(string room); }
        sealed class Handler : ICommands { public Task<int> Join(string room) => Task.FromResult(1); }

        """;

    [Fact]
    public Task Answers_of_many_of_one_and_of_servers_are_results_too() => AnalyzerHarness.ChecksAsync(Contract + """
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
    public Task An_answer_is_a_number_for_JavaScript_too() =>
        AnalyzerHarness.ChecksAsync("[SocketEvents] public interface IAsking { {|TSR100:Task<long>|} Count(); }");

    [Fact]
    public Task A_date_in_a_question_is_looked_at() => AnalyzerHarness.ChecksAsync(Contract + """
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
    public Task A_handler_that_was_written_and_forgotten_is_pointed_at() =>
        AnalyzerHarness.ChecksAsync(Contract.Replace("interface ICommands", "interface {|TSR103:ICommands|}", StringComparison.Ordinal));
}
