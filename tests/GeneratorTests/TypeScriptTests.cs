using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class TypeScriptTests
{
    [Theory]
    [InlineData("bool", "boolean")]
    [InlineData("byte", "number")]
    [InlineData("sbyte", "number")]
    [InlineData("short", "number")]
    [InlineData("ushort", "number")]
    [InlineData("int", "number")]
    [InlineData("uint", "number")]
    [InlineData("long", "number")]
    [InlineData("ulong", "number")]
    [InlineData("float", "number")]
    [InlineData("double", "number")]
    [InlineData("decimal", "string")]
    [InlineData("char", "string")]
    [InlineData("string", "string")]
    [InlineData("DateTime", "string")]
    [InlineData("DateTimeOffset", "string")]
    [InlineData("TimeSpan", "number")]
    [InlineData("Guid", "string")]
    [InlineData("byte[]", "ArrayBuffer | Uint8Array")]
    [InlineData("ReadOnlyMemory<byte>", "ArrayBuffer | Uint8Array")]
    [InlineData("Half", "number")]
    [InlineData("nint", "number")]
    [InlineData("Int128", "string")]
    [InlineData("System.Numerics.BigInteger", "string")]
    [InlineData("DateOnly", "string")]
    [InlineData("TimeOnly", "string")]
    [InlineData("Uri?", "string | null")]
    [InlineData("Version", "string")]
    [InlineData("System.Text.Rune", "string")]
    [InlineData("Memory<byte>", "ArrayBuffer | Uint8Array")]
    [InlineData("ArraySegment<byte>", "ArrayBuffer | Uint8Array")]
    [InlineData("object", "unknown")]
    [InlineData("object?", "unknown")]
    [InlineData("System.Text.Json.JsonElement", "unknown")]
    [InlineData("System.Text.Json.Nodes.JsonObject", "Record<string, unknown>")]
    [InlineData("(int, string?)", "[number, string | null]")]
    [InlineData("(int Id, string? Name)", "[id: number, name: string | null]")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int?>", "(number | null)[]")]
    [InlineData("System.Collections.Frozen.FrozenSet<string>", "string[]")]
    [InlineData("System.Collections.Frozen.FrozenDictionary<Guid, int>", "Record<string, number>")]
    [InlineData("int?", "number | null")]
    [InlineData("string?", "string | null")]
    [InlineData("int[]", "number[]")]
    [InlineData("List<string?>", "(string | null)[]")]
    [InlineData("IReadOnlyList<byte[]>", "(ArrayBuffer | Uint8Array)[]")]
    [InlineData("HashSet<Guid>", "string[]")]
    [InlineData("int[][]?", "number[][] | null")]
    [InlineData("Dictionary<string, DateTime?>", "Record<string, string | null>")]
    [InlineData("IReadOnlyDictionary<string, List<decimal>>", "Record<string, string[]>")]
    public void A_value_has_the_type_that_the_client_receives(string csharp, string typescript)
    {
        var text = TypeScriptHarness.TypeScript($$"""
            [SocketEvents] public interface IEvents { void Sent({{csharp}} value); }
            """);
        Assert.Contains($"    sent: (value: {typescript}) => void;\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_is_an_interface_in_which_null_is_absent() => Assert.Equal("""
        /**
         * Events.
         * Namespace `/shop`.
         */
        export interface ShopEvents {
            changed: (price: Price) => void;
            "price gone": (symbol: string, last: Price | null) => void;
        }

        export interface Price {
            symbol: string;
            last?: number;
            "as-of"?: string;
            history: Price[];
        }
        """, TypeScriptHarness.TypeScript("""
        namespace Demo;
        public sealed record Price(string Symbol, double? Last, [property: JsonPropertyName("as-of")] DateTime? At, Price[] History);
        [SocketEvents("/shop")] public interface IShopEvents
        {
            void Changed(Price price);
            [SocketEvent("price gone")] Task PriceGone(string symbol, Price? last, CancellationToken cancellationToken);
        }
        """));

    [Fact]
    public void An_acknowledgement_is_a_callback_after_the_arguments()
    {
        var text = TypeScriptHarness.TypeScript("""
            public sealed record Zone(string Name);
            [SocketEvents] public interface IEvents
            {
                [SocketEvent("where?")] Task<Zone> Where(string ack, CancellationToken cancellationToken = default);
                ValueTask<int?> Count();
            }
            """);
        Assert.Contains("    \"where?\": (ack: string, ack_: (value: Zone) => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("    count: (ack: (value: number | null) => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("export interface Zone {", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_can_omit_the_callback_of_a_command_without_a_result()
    {
        var text = TypeScriptHarness.TypeScript("""
            [SocketCommands] public interface ICommands
            {
                Task Say(string text, CancellationToken cancellationToken);
                ValueTask Leave();
                Task Done(string done, int? times = null);
                Task<int> Count(string room);
            }
            """);
        Assert.Contains("    say: (text: string, done?: () => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("    leave: (done?: () => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("    done: (done: string, times?: number | null, done_?: () => void) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("    count: (room: string, ack: (value: number) => void) => void;\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_without_a_result_have_no_callback() => Assert.Contains(
        "    changed: (key: string) => void;\n",
        TypeScriptHarness.TypeScript("[ServerEvents] public interface INodes { Task Changed(string key); }"), StringComparison.Ordinal);

    [Fact]
    public void The_events_of_each_namespace_and_direction_have_a_type() => Assert.Equal("""

        /** All events that servers send to clients in the namespace `/`. */
        export type ServerToClientEvents = AEvents & MoreEvents;

        /** All events that clients send to servers in the namespace `/`. */
        export type ClientToServerEvents = ACommands;

        /** All events that servers send to each other in the namespace `/`. */
        export type InterServerEvents = Nodes;

        /** All events that servers send to clients in the namespace `/7/shop-front`. */
        export type _7ShopFrontServerToClientEvents = Record<never, never>;

        /** All events that clients send to servers in the namespace `/7/shop-front`. */
        export type _7ShopFrontClientToServerEvents = ShopCommands;

        /** All events that servers send to clients in the namespace `/shop`. */
        export type ShopServerToClientEvents = ShopEvents;

        /** All events that clients send to servers in the namespace `/shop`. */
        export type ShopClientToServerEvents = Record<never, never>;

        /** The same events with callbacks that cannot be omitted, so that `emitWithAck` and `timeout(…).emit` have types. */
        export type WithAcks<Events> = {
            [Name in keyof Events]: Events[Name] extends (...args: infer Args) => void
                ? Required<Args> extends [...infer Sent, infer Ack extends (...values: never[]) => void]
                    ? (...args: [...{ [Index in keyof Sent]: Index extends keyof Args ? Args[Index] : Sent[Index] }, Ack]) => void
                    : Events[Name]
                : never;
        };
        """, Maps("""
        [SocketEvents] public interface IAEvents { void A(); }
        [SocketEvents("")] public interface IMoreEvents { void B(); }
        [SocketCommands("/")] public interface IACommands { Task A(); }
        [ServerEvents] public interface INodes { Task A(); }
        [SocketEvents("shop")] public interface IShopEvents { void A(); }
        [SocketCommands("/7/shop-front")] public interface IShopCommands { Task A(); }
        """));

    [Fact]
    public void A_name_of_the_events_of_a_namespace_that_is_taken_is_made_longer() => Assert.Equal("""

        /** All events that servers send to clients in the namespace `/`. */
        export type ServerToClientEvents_ = Demo_ServerToClientEvents;

        /** All events that clients send to servers in the namespace `/`. */
        export type ClientToServerEvents = Record<never, never>;

        /** All events that servers send to clients in the namespace `/a-b`. */
        export type ABServerToClientEvents_ = One;

        /** All events that clients send to servers in the namespace `/a-b`. */
        export type ABClientToServerEvents_ = Record<never, never>;

        /** All events that servers send to clients in the namespace `/a/b`. */
        export type ABServerToClientEvents_2 = Two;

        /** All events that clients send to servers in the namespace `/a/b`. */
        export type ABClientToServerEvents_2 = Record<never, never>;
        """, Maps("""
        namespace Demo;
        [SocketEvents] public interface IServerToClientEvents { void A(); }
        [SocketEvents("/a-b")] public interface IOne { void A(); }
        [SocketEvents("/a/b")] public interface ITwo { void A(); }
        """));

    private static string Maps(string source)
    {
        var text = TypeScriptHarness.Whole(source);
        return text[text.IndexOf("\n/** All events that", StringComparison.Ordinal)..];
    }

    [Fact]
    public void Trailing_parameters_with_a_default_are_optional()
    {
        var text = TypeScriptHarness.TypeScript("""
            [SocketEvents] public interface IEvents
            {
                void Show(string text, string? by = null, int times = 3, params string[] rest);
                void Between(int a = 1, string b = "", string? c = null, CancellationToken cancellationToken = default);
                void Needed(string? a, int b);
                Task<int> Count(string text, int from = 0);
            }
            """);
        Assert.Contains("    show: (text: string, by?: string | null, times?: number, rest?: string[]) => void;\n", text,
            StringComparison.Ordinal);
        Assert.Contains("    between: (a?: number, b?: string, c?: string) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("    needed: (a: string | null, b: number) => void;\n", text, StringComparison.Ordinal);
        Assert.Contains("    count: (text: string, from: number | undefined, ack: (value: number) => void) => void;\n", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_with_a_default_other_than_null_is_always_present() => Assert.Contains(
        "    number: number | null;\n    none?: number;\n",
        TypeScriptHarness.TypeScript(
            "public record P(int? Number = 7, int? None = null); [SocketEvents] public interface IEvents { void A(P p); }"),
                StringComparison.Ordinal);

    [Fact]
    public void Flags_as_text_are_their_names_and_lists_that_start_with_one()
    {
        var text = TypeScriptHarness.TypeScript("""
            [Flags, JsonConverter(typeof(JsonStringEnumConverter<Rights>))] public enum Rights { None, Read, Write }
            [Flags] public enum Sides { Left = 1, Right = 2 }
            public record P([property: JsonConverter(typeof(JsonStringEnumConverter<Sides>))] Sides A);
            [SocketEvents] public interface IEvents { void Set(Rights rights, P p); }
            """);
        Assert.Contains(
            "export type Rights = \"None\" | \"Read\" | \"Write\" | `${\"None\" | \"Read\" | \"Write\"}, ${string}`;\n", text,
                StringComparison.Ordinal);
        Assert.Contains("    a: \"Left\" | \"Right\" | `${\"Left\" | \"Right\"}, ${string}`;\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_formatter_has_the_type_of_its_attribute_or_is_unknown()
    {
        const string Formatter = """
             : MessagePack.Formatters.IMessagePackFormatter<int>
            {
                public void Serialize(ref MessagePack.MessagePackWriter writer, int value, MessagePack.MessagePackSerializerOptions options) => writer.WriteNil();
                public int Deserialize(ref MessagePack.MessagePackReader reader, MessagePack.MessagePackSerializerOptions options) => 0;
            }
            """;
        var text = TypeScriptHarness.TypeScript($$"""
            [TypeScriptType("`#${string}`")] public class Named {{Formatter}}
            public class Unnamed {{Formatter}}
            public record P([property: MessagePack.MessagePackFormatter(typeof(Named))] int A, [property: MessagePack.MessagePackFormatter(typeof(Unnamed))] int B);
            [SocketEvents] public interface IEvents { void Set(P p); }
            """);
        Assert.Contains("    a: `#${string}`;\n    b: unknown;\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_that_no_contract_mentions_is_included() => Assert.Contains(
        "export interface Profile {\n    name: string;\n}",
        TypeScriptHarness.TypeScript(
            "[SocketPayload] public record Profile(string Name); [SocketEvents] public interface IEvents { void A(); }"),
                StringComparison.Ordinal);

    [Fact]
    public void An_enum_is_its_numbers_and_flags_are_any_number() => Assert.Contains("""
        /** How loud. */
        export const Level = {
            /** Not at all. */
            Low: 1,
            High: 5,
        } as const;
        /** How loud. */
        export type Level = (typeof Level)[keyof typeof Level];

        export const Rights = {
            Read: 1,
            Write: 2,
        } as const;
        export type Rights = number;
        """, TypeScriptHarness.TypeScript("""
        /// <summary>How loud.</summary>
        public enum Level { /// <summary>Not at all.</summary>
            Low = 1, High = 5 }
        [Flags] public enum Rights { Read = 1, Write = 2 }
        [SocketEvents] public interface IEvents { void Set(Level level, Rights? rights); }
        """), StringComparison.Ordinal);

    [Fact]
    public void An_enum_as_text_is_its_texts() => Assert.Contains("""
        export type Level = "low" | "High";
        """, TypeScriptHarness.TypeScript("""
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Level { [JsonStringEnumMemberName("low")] Low, High }
        [SocketEvents] public interface IEvents { void Set(Level level, Level[] levels); }
        """), StringComparison.Ordinal);

    [Fact]
    public void A_base_type_is_the_union_of_its_types_with_their_discriminator() => Assert.Contains("""
        export interface Circle {
            $type: "circle";
            radius: number;
            name?: string;
        }

        export interface Group {
            $type: 2;
            parts: Shape[];
            name?: string;
        }

        export type Shape = Circle | Group;
        """, TypeScriptHarness.TypeScript("""
        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Group), 2)]
        public abstract record Shape { }
        public sealed record Circle(double Radius, string? Name) : Shape;
        public sealed record Group(Shape[] Parts, string? Name) : Shape;
        [SocketEvents] public interface IEvents { void Drawn(Shape shape); }
        """), StringComparison.Ordinal);

    [Theory]
    [InlineData(DocumentationMode.None)]
    [InlineData(DocumentationMode.Parse)]
    [InlineData(DocumentationMode.Diagnose)]
    public void Documentation_is_included_in_every_documentation_mode(DocumentationMode mode) => Assert.Equal("""
        /**
         * What shops say.
         * Namespace `/`.
         */
        export interface ShopEvents {
            /**
             * A price changed, see `Price`.
             * @param price The new one; never `null`.
             * @deprecated use Prices
             */
            changed: (price: Price) => void;
        }

        /** A price. */
        export interface Price {
            /** What it is the price of. */
            symbol: string;
            /** In cents. */
            value: number;
        }
        """, TypeScriptHarness.TypeScript("""
        /// <summary>A price.</summary>
        /// <param name="Symbol">What it is the price of.</param>
        public sealed record Price(string Symbol)
        {
            /// <summary>In <b>cents</b>.</summary>
            public int Value { get; init; }
        }

        /// <summary>What shops say.</summary>
        [SocketEvents]
        public interface IShopEvents
        {
            /// <summary>
            /// A price changed,
            /// see <see cref="Price"/>.
            /// </summary>
            /// <param name="price">The new one; never <see langword="null"/>.</param>
            [Obsolete("use Prices")]
            void Changed(Price price);
        }
        """, mode));

    [Fact]
    public void Names_are_short_unless_they_collide_with_each_other_or_the_language()
    {
        var text = TypeScriptHarness.TypeScript("""
            namespace A { public record Item(int X); public record Record(int X); }
            namespace B { public record Item(string Y); public record Page<T>(T[] Items, int? Next); public static class Outer { public record Inner(int Z); } }
            namespace Demo { [SocketEvents] public interface IEvents {
                void All(A.Item a, B.Item b, A.Record r, B.Page<A.Item> p, B.Page<int?> q, B.Outer.Inner i, Dictionary<string, int> @default, int @this); } }
            """);
        Assert.Contains(
            "all: (a: A_Item, b: B_Item, r: A_Record, p: PageOfItem, q: PageOfNullableInt32, i: OuterInner, default_: Record<string, number>, this_: number) => void;",
            text, StringComparison.Ordinal);
        foreach (var name in new[] { "A_Item", "B_Item", "A_Record", "PageOfItem", "PageOfNullableInt32", "OuterInner" })
            Assert.Single(text.Split('\n'), $"export interface {name} {{");
    }

    [Fact, Trait("Needs", "Linux")]
    public async Task Collections_that_contain_themselves_have_names()
    {
        var text = TypeScriptHarness.Whole("""
            [SocketEvents] public interface IEvents { void A(Tree tree, Folder folder, Pairs pairs); }
            public sealed class Tree : List<Tree>; public sealed class Folder : Dictionary<string, Folder?>; public sealed class Pairs : List<(int, Pairs)>;
            """);
        foreach (var line in new[]
        {
            "export type Folder = { [key: string]: Folder | null };", "export type Pairs = [number, Pairs][];",
            "export type Tree = Tree[];",
        })
            Assert.Single(text.Split('\n'), line);
        await TypeScriptCompiler.AssertCompilesAsync(text, """
            import type { ServerToClientEvents } from "./socket-events.js";
            declare const listeners: ServerToClientEvents;
            listeners.a([[], [[]]], { b: { c: null } }, [[1, []]]);
            """);
    }

    [Fact]
    public void Validation_attributes_are_documented()
    {
        var text = TypeScriptHarness.Whole("""
            using System.ComponentModel.DataAnnotations;
            [SocketCommands] public interface IShop
            {
                /// <summary>Buys.</summary>
                /// <param name="count">The number.</param>
                Task Buy([Range(1, 8)] int count, [StringLength(20, MinimumLength = 2, ErrorMessage = "no")] string name);
            }
            [SocketEvents] public interface IShopEvents { void Bought(Order order, [Range(1, 2)] int unchecked_); }
            public sealed record Order([property: RegularExpression("^a$")] string Code, [Range(0, 5)] int Size) { [Required] public string? Note { get; init; } }
            """);
        Assert.Contains("""
                /**
                 * Buys.
                 * @param count The number. Validated by servers: [Range(1, 8)].
                 * @param name Validated by servers: [StringLength(20, MinimumLength = 2)].
                 */
            """, text, StringComparison.Ordinal);
        foreach (var rule in new[] { "[RegularExpression(\"^a$\")]", "[Range(0, 5)]", "[Required]" })
            Assert.Contains($"    /** Validated by servers: {rule}. */\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Range(1, 2)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nested_type_has_the_names_of_its_containing_types_in_front() => Assert.Equal("""
        /**
         * Events.
         * Namespace `/`.
         */
        export interface OuterEvents {
            a: (order: OuterOrder, line: OuterOrderLine, page: OuterPageOfInt32) => void;
        }

        export interface OuterOrder {
            id: number;
        }

        export interface OuterOrderLine {
            id: number;
        }

        export interface OuterPageOfInt32 {
            item: number;
        }
        """, TypeScriptHarness.TypeScript("""
            public static class Outer
            {
                [SocketEvents] public interface IEvents { void A(Order order, Order.Line line, Page<int> page); }
                public record Order(int Id) { public record Line(int Id); }
                public record Page<T>(T Item);
            }
            """));

    [Fact, Trait("Needs", "Linux")]
    public Task A_property_with_a_name_that_every_object_has_is_always_there() => TypeScriptCompiler.AssertCompilesAsync(
        TypeScriptHarness.Whole("""
            [SocketCommands] public interface ICommands { Task A(Odd odd); }
            public sealed record Odd(string? HasOwnProperty, string? Constructor, string? Plain);
            """), """
            import type { Odd } from "./socket-events.js";
            const odd: Odd = { hasOwnProperty: null, constructor: "x" };
            console.log(odd);
            """);
}
