using Xunit;

namespace TypedSocketRedis.Tests.Options;

/// <summary>Last parameters whose elements are arguments of their own.</summary>
public sealed class RestArgumentTests
{
    private const string Contracts = """
        public record Line(int Id);
        [SocketEvents] public interface IEvents
        {
            void A(string s, params int[] numbers);
            void B([Spread] params string[] names);
            void C(string s, [Spread] IReadOnlyList<Line?> lines);
            Task<int> D([Spread] params int?[] numbers);
        }
        [SocketCommands] public interface ICommands
        {
            Task<string> Join(string room, [Spread] params string[] names);
            Task<int> Sum([Spread] IEnumerable<int?> numbers, CancellationToken token);
            Task Add([Spread] List<Line> lines);
        }
        """;

    [Fact]
    public void Elements_are_arguments_of_their_own() => Assert.Equal(
        [
            """a("x",[1,2])""", "b()", """b("x","y")""", """c("x",{"id":1},null)""", """d(1,null)""",
        ],
        RunHarness.Run(Contracts + """
            public static class Case
            {
                public static IEnumerable<string> Run() => Show.Sent(r =>
                {
                    var all = r.Of<IEvents>().All;
                    all.A("x", 1, 2); all.B(); all.B("x", "y"); all.C("x", [new(1), null]); _ = all.D(1, null);
                }).Split("\n");
            }
            """));

    [Fact]
    public void A_handler_gets_all_arguments_from_its_position_on() => Assert.Equal(
        [
            """["lobby a,b"]""", """["lobby "]""", "[3]", "[]",
            "Event 'join', names[1]: expected text, found the number 5.", "Event 'join', room: expected a value, found nothing.",
        ],
        RunHarness.Run(Contracts + """
            public class Handler : ICommands
            {
                public Task<string> Join(string room, params string[] names) => Task.FromResult(room + " " + string.Join(",", names));
                public Task<int> Sum(IEnumerable<int?> numbers, CancellationToken token) => Task.FromResult(numbers.Sum(n => n ?? 0));
                public Task Add(List<Line> lines) => lines[1].Id == 2 ? Task.CompletedTask : throw new Exception();
            }
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Handle("join", "[\"lobby\",\"a\",\"b\"]"), Handle("join", "[\"lobby\"]"), Handle("sum", "[1,null,2]"),
                    Handle("add", "[{\"id\":1},{\"id\":2}]"), Handle("join", "[\"lobby\",\"a\",5]"), Handle("join", "[]"),
                ];
                private static string Handle(string name, string json) => Show.Handle(new CommandsDispatcher(), new Handler(), name, json);
            }
            """));

    [Fact, Trait("Needs", "Linux")]
    public Task TypeScript_has_rest_arguments() => TypeScriptCompiler.AssertCompilesAsync(TypeScriptHarness.Whole(Contracts), """
        import { type Socket } from "socket.io-client";
        import type { ClientToServerEvents, ServerToClientEvents, WithAcks } from "./socket-events.js";
        declare const socket: Socket<ServerToClientEvents, WithAcks<ClientToServerEvents>>;
        socket.on("b", (...names) => console.log(names.map(n => n.toUpperCase())));
        socket.on("c", (s, ...lines) => console.log(s.length, lines[0]?.id.toFixed()));
        socket.on("a", (s, numbers) => console.log(s, numbers?.[0]?.toFixed()));
        const joined: string = await socket.emitWithAck("join", "lobby", "a", "b");
        const sum: number = await socket.emitWithAck("sum", 1, null, 2);
        socket.emit("add", { id: 1 }, { id: 2 });
        // @ts-expect-error: names are text
        await socket.emitWithAck("join", "lobby", 5);
        console.log(joined, sum);
        """);

    [Theory]
    [InlineData("void A([Spread] string[] names, int size);")]
    [InlineData("void A([Spread] string name);")]
    [InlineData("void A([Spread] string[]? names);")]
    [InlineData("void A([Spread] byte[] bytes);")]
    [InlineData("void A([Spread] Dictionary<string, int> map);")]
    [InlineData("void A([Spread] Stack<string> names);")]
    public void A_parameter_that_cannot_be_spread_is_refused(string method)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File($"[SocketEvents] public interface IBroken {{ {method} }}"));
        Assert.Equal("TSR079", Assert.Single(GeneratorHarness.Run(compilation).Diagnostics).Id);
    }

    [Fact]
    public void Last_arguments_that_are_null_by_default_are_left_out() => Assert.Equal(
        ["""a("x")""", """a("x",null,1)""", """a("x","y")""", """b(null)""", """c(null)""", """d(null)"""],
        RunHarness.Run("""
            [SocketEvents] public interface IEvents
            {
                void A(string s, string? t = null, int? n = null); void B(string? s); Task<int> C(string? s = null);
                Task D(string? s, int? n = null);
            }
            public static class Case
            {
                public static IEnumerable<string> Run() => Show.Sent(r =>
                {
                    var all = r.Of<IEvents>().All;
                    all.A("x"); all.A("x", null, 1); all.A("x", "y"); all.B(null); _ = all.C(); _ = all.D(null);
                }).Split("\n");
            }
            """));
}
