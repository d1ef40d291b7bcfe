using Xunit;

namespace TypedSocketRedis.Tests.Options;

/// <summary>TypeScript in the form in which people write it.</summary>
public sealed class TypeScriptStyleTests
{
    [Fact]
    public void The_types_of_a_union_have_names()
    {
        var text = TypeScriptHarness.TypeScript("""
            namespace Demo;
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Created), "created"), JsonDerivedType(typeof(Moved), "moved")]
            public interface IBoardUpdate; public record Created(int Id) : IBoardUpdate; public record Moved(int X) : IBoardUpdate;
            [SocketEvents] public interface IBoards { void Updated(IBoardUpdate update, Moved last); }
            """);
        Assert.Contains("updated: (update: BoardUpdate, last: Moved) => void;", text, StringComparison.Ordinal);
        Assert.Contains("export type BoardUpdate = Created | BoardUpdate_Moved;", text, StringComparison.Ordinal);
        Assert.Contains("export interface Created {\n    kind: \"created\";\n    id: number;\n}", text, StringComparison.Ordinal);
        Assert.Contains("export interface BoardUpdate_Moved {\n    kind: \"moved\";\n    x: number;\n}", text, StringComparison.Ordinal);
        Assert.Contains("export interface Moved {\n    x: number;\n}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_accepted_where_a_server_reads_it()
    {
        var text = TypeScriptHarness.TypeScript("""
            public record Sent(string? A, Both? B); public record Read(string? A, Both? B); public record Both(int? C);
            [SocketEvents] public interface IEvents { void A(Sent s, string? last = null); Task<Acked> B(); }
            public record Acked(string? A);
            [SocketCommands] public interface ICommands { Task C(Read r, string? last = null); }
            """);
        Assert.Contains("export interface Sent {\n    a?: string;\n    b?: Both;\n}", text, StringComparison.Ordinal);
        Assert.Contains("export interface Read {\n    a?: string | null;\n    b?: Both | null;\n}", text, StringComparison.Ordinal);
        Assert.Contains("export interface Both {\n    c?: number | null;\n}", text, StringComparison.Ordinal);
        Assert.Contains("export interface Acked {\n    a?: string | null;\n}", text, StringComparison.Ordinal);
        Assert.Contains("a: (s: Sent, last?: string) => void;", text, StringComparison.Ordinal);
        Assert.Contains("c: (r: Read, last?: string | null, done?: () => void) => void;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_enum_as_text_is_its_texts_and_tuples_have_names()
    {
        var text = TypeScriptHarness.TypeScript("""
            [JsonConverter(typeof(JsonStringEnumConverter))] public enum Kind { A, B }
            [JsonConverter(typeof(JsonStringEnumConverter))] public enum Told { /// <summary>First.</summary>
                A, B }
            [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Bits { A = 1, B = 2 }
            public enum Level { Low }
            [SocketEvents] public interface IEvents
            {
                void A(Kind k, Told t, Bits b, Level l, (int Id, string? Name) pair, (int, string) plain,
                    Dictionary<int, string> numbers, Dictionary<Level, int> levels, Dictionary<string, int> texts);
            }
            """);
        Assert.Contains("export type Kind = \"A\" | \"B\";", text, StringComparison.Ordinal);
        Assert.Contains("export type Told =\n    /** First. */\n    | \"A\"\n    | \"B\";", text, StringComparison.Ordinal);
        Assert.Contains("export type Bits = \"A\" | \"B\" | `${\"A\" | \"B\"}, ${string}`;", text, StringComparison.Ordinal);
        Assert.Contains("pair: [id: number, name: string | null], plain: [number, string]", text, StringComparison.Ordinal);
        Assert.Contains(
            "numbers: Record<number, string>, levels: Record<number, number>, texts: Record<string, number>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("const Kind", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_set_the_TypeScript_of_types_properties_parameters_and_results()
    {
        var text = TypeScriptHarness.Whole("""
            [TypeScriptType("Brand<{0}, 'id'>", Import = "import type { Brand } from \"brands\";")] public record Id<T>(T Value);
            public record Order(Id<int?> Id, [property: TypeScriptType("`#${string}`")] string Color, [property: TypeScriptType("Money")] decimal? Sum);
            [SocketEvents] public interface IEvents
            {
                void A(Order order, [TypeScriptType("\"a\" | \"b\"")] string kind);
                [return: TypeScriptType("{0}[]")] Task<Id<string>> B();
            }
            """);
        Assert.StartsWith("import type { Brand } from \"brands\";\n", text, StringComparison.Ordinal);
        Assert.Contains("    id: Brand<(number | null), 'id'>;\n    color: `#${string}`;\n    sum?: Money;", text, StringComparison.Ordinal);
        Assert.Contains("a: (order: Order, kind: \"a\" | \"b\") => void;", text, StringComparison.Ordinal);
        Assert.Contains("b: (ack: (value: string[]) => void) => void;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_are_dates_with_the_MessagePack_parser()
    {
        const string Source = """
            public record Order(DateTime At, DateTimeOffset? Then, DateOnly Day);
            [SocketEvents] public interface IEvents { void A(Order order); }
            """;
        Assert.Contains("    at: string;\n    then?: string;\n    day: string;", TypeScriptHarness.Whole(Source), StringComparison.Ordinal);
        Assert.Contains("    at: Date;\n    then?: Date;\n    day: string;", TypeScriptHarness.Whole(Source, parser: "msgpack"),
            StringComparison.Ordinal);
        var carrier = TypeScriptHarness.Run(
            TypeScriptHarness.Driver("web", parser: "xml"), GeneratorHarness.Compile(GeneratorHarness.File(Source)));
        Assert.Contains("#error SocketEventsTypeScriptParser is 'json' or 'msgpack', but is 'xml'.",
            Assert.Single(carrier.GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_decimal_is_a_number_by_choice()
    {
        const string Source = """
            public record Bill(decimal Sum, decimal? Tip, List<decimal> All);
            [SocketEvents(DecimalsAsNumbers = true)] public interface IEvents { void A(Bill bill, decimal rate); }
            [SocketCommands(DecimalsAsNumbers = true)] public interface ICommands { Task<decimal> B(decimal a, decimal b); }
            """;
        Assert.Contains("    sum: number;\n    tip?: number;\n    all: number[];", TypeScriptHarness.TypeScript(Source), StringComparison.Ordinal);
        Assert.Equal(["""a({"sum":12.5,"tip":0.1,"all":[1,-2]},0.25)""", "[3.75]"], RunHarness.Run(Source + """
            public class Handler : ICommands { public Task<decimal> B(decimal a, decimal b) => Task.FromResult(a + b); }
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Show.Sent(r => r.Of<IEvents>().All.A(new(12.50m, 0.1m, [1m, -2m]), 0.25m)),
                    Show.Handle(new CommandsDispatcher(), new Handler(), "b", "[1.25,\"2.5\"]"),
                ];
            }
            """));
    }

    [Fact]
    public void Inherited_documentation_is_resolved()
    {
        var text = TypeScriptHarness.TypeScript("""
            /// <summary>All boards.</summary>
            public interface IBoards
            {
                /// <summary>A board opened.</summary>
                /// <param name="id">Its number.</param>
                void Opened(int id);
            }
            /// <inheritdoc/>
            [SocketEvents] public interface IEvents : IBoards
            {
                /// <inheritdoc/>
                new void Opened(int id);

                /// <inheritdoc cref="IBoards.Opened(int)"/>
                /// <param name="id">Another number.</param>
                void Closed(int id, Board board);
            }
            public abstract record Thing { /// <summary>The key.</summary>
                public abstract int Key { get; init; } }
            /// <inheritdoc cref="Closed"/>
            public record Board : Thing { /// <inheritdoc/>
                public override int Key { get; init; } }
            /// <summary>A closed one.</summary>
            public class Closed;
            """);
        Assert.Contains(" * All boards.\n", text, StringComparison.Ordinal);
        Assert.Contains("     * A board opened.\n     * @param id Its number.\n     */\n    opened:", text, StringComparison.Ordinal);
        Assert.Contains("     * A board opened.\n     * @param id Another number.\n     */\n    closed:", text, StringComparison.Ordinal);
        Assert.Contains("/** A closed one. */\nexport interface Board {\n    /** The key. */\n    key: number;", text, StringComparison.Ordinal);
    }
}
