namespace TypedSocketRedis.Tests;

/// <summary>A project whose contracts are written as TypeScript, and the check of the result by the TypeScript compiler.</summary>
public sealed class TypeScriptTests : IDisposable
{
    private const string Contracts = """
        using TypedSocketRedis;

        namespace Shop;

        public enum Level { Low, High }

        [Flags, System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Rights>))]
        public enum Rights { None, Read, Write }

        public sealed record Line(List<string?> Labels);

        public sealed record Order(
            int Id, DateTime At, Level Level, IReadOnlyList<Line> Lines, byte[] Scan, Dictionary<string, decimal> Totals, string? Note = null);

        public sealed record Bill(decimal Sum, bool Paid);

        /// <summary>What clients of the shop receive.</summary>
        [SocketEvents("/shop")]
        public interface IShopEvents
        {
            void Ordered(Order order, int? priority);

            [SocketEvent("stock left")]
            Task StockLeft(int left, CancellationToken cancellationToken);
        }

        [SocketCommands("/shop")]
        public interface IShopCommands
        {
            Task Pay(int id, Bill bill);

            Task<int> Stock(string article);

            Task Search(string text, int most = 10);

            Task Grant(Rights rights);
        }

        [ServerEvents]
        public interface IClusterEvents
        {
            Task CacheDropped(string key);
        }
        """;

    private readonly ContractProject _project = new();

    [Fact]
    public async Task A_client_and_a_Node_server_compile_against_contracts_until_a_property_changes()
    {
        await AssertBuiltAsync(Contracts);
        foreach (var program in new[] { "client", "server" })
        {
            var (code, output) = await _project.CheckAsync(program);
            Assert.True(code == 0, output);
        }

        await AssertBuiltAsync(Contracts.Replace("DateTime At", "DateTime CreatedAt", StringComparison.Ordinal));
        foreach (var program in new[] { "client", "server" })
        {
            var (code, output) = await _project.CheckAsync(program);
            Assert.NotEqual(0, code);
            Assert.Contains("'at'", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_design_time_build_writes_no_file()
    {
        var (code, output) = await _project.BuildAsync(Contracts, "-p:DesignTimeBuild=true");
        Assert.True(code == 0, output);
        Assert.False(File.Exists(_project.Events));

        await AssertBuiltAsync(Contracts);
        Assert.True(File.Exists(_project.Events));
    }

    [Fact]
    public async Task A_build_without_changes_keeps_the_file_and_restores_a_deleted_one()
    {
        await AssertBuiltAsync(Contracts);
        var text = await File.ReadAllTextAsync(_project.Events, TestContext.Current.CancellationToken);
        var then = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_project.Events, then);

        await AssertBuiltAsync(Contracts);
        await AssertBuiltAsync(Contracts.Replace("namespace Shop;", "namespace Shop;\n// edited", StringComparison.Ordinal));
        Assert.Equal(then, File.GetLastWriteTimeUtc(_project.Events));

        File.Delete(_project.Events);
        await AssertBuiltAsync(Contracts);
        Assert.Equal(text, await File.ReadAllTextAsync(_project.Events, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_from_another_source_is_never_replaced()
    {
        await File.WriteAllTextAsync(_project.Events, "export const mine = true;\n", TestContext.Current.CancellationToken);
        var (code, output) = await _project.BuildAsync(Contracts);

        Assert.NotEqual(0, code);
        Assert.Contains("was not written for this project", output, StringComparison.Ordinal);
        Assert.Equal("export const mine = true;\n", await File.ReadAllTextAsync(_project.Events, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Text_with_any_characters_remains_text_in_the_TypeScript()
    {
        // All characters that end a line of C# or are invisible, followed by code, in one line of source.
        const string Text = """x\u0085\r\n\u2028\u2029\u202e\u200b\ufeff\ud800\U000e0001 */ export const evil = 1; //|`${'\"\\""";
        const string Xml = "x&#x85;&#x2028;&#x202e;&#xd;*/ export const evil = 1; //|";
        await AssertBuiltAsync($$"""
            using System.Text.Json.Serialization; using System.Runtime.Serialization; using TypedSocketRedis;
            /// <summary>{{Xml}} <see href="{{Xml}}"/></summary>
            [SocketEvents("/{{Text}}")] public interface IOddEvents
            {
                /// <summary>{{Xml}}</summary>
                /// <param name="a">{{Xml}}</param>
                [SocketEvent("a{{Text}}"), Obsolete("{{Text}}")] void Sent(Odd a, string b = "{{Text}}", char c = '\u2028');
                [SocketEvent("b{{Text}}")] Task<Shape> Asked(Kind k, Own o);
            }
            /// <summary>{{Xml}}</summary>
            public record Odd([property: JsonPropertyName("{{Text}}")] int \u0041b, string B = "{{Text}}");
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "{{Text}}"), JsonDerivedType(typeof(Circle), "{{Text}}")] public abstract record Shape;
            public record Circle(int R) : Shape;
            [JsonConverter(typeof(JsonStringEnumConverter))] public enum Kind { [JsonStringEnumMemberName("{{Text}}")] A, [EnumMember(Value = "b{{Text}}"), Obsolete("{{Text}}")] B }
            [MessagePack.MessagePackFormatter(typeof(OwnFormatter))] public record Own(int A);
            [TypeScriptType("\"a\u2028\u0085\u202e\" |\r\n`b\u2029${ 'c\u2028' }` |\u2028null")] public class OwnFormatter : MessagePack.Formatters.IMessagePackFormatter<Own?>
            {
                public void Serialize(ref MessagePack.MessagePackWriter w, Own? v, MessagePack.MessagePackSerializerOptions o) { }
                public Own? Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o) => null;
            }
            """);

        var text = await File.ReadAllTextAsync(_project.Events, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(text, c => c != '\n' && char.GetUnicodeCategory(c) is
            System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
        await File.WriteAllTextAsync(
            Path.Combine(_project.Web, "texts.json"), """{ "extends": "./strict.json", "files": ["texts.ts"] }""",
                TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_project.Web, "texts.ts"), """
            import * as events from "./socket-events.js";
            const exported: never[] = Object.keys(events) as (keyof typeof events)[];
            console.log(exported);
            """, TestContext.Current.CancellationToken);
        var (code, output) = await _project.CheckAsync("texts");
        Assert.True(code == 0, output);
    }

    public void Dispose() => _project.Dispose();

    private async Task AssertBuiltAsync(string contracts)
    {
        var (code, output) = await _project.BuildAsync(contracts);
        Assert.True(code == 0, output);
    }
}
