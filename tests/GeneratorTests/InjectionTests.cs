using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Tests.Handlers;
using TypedSocketRedis.Tests.History;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Texts of contracts that would become code where they are written into C# or TypeScript.</summary>
public sealed class InjectionTests
{
    // The code that each text tries to declare; "@" stands for the character under test.
    private const string Attack = "a@class Evil { }@*/ export const evil = 1;@//|\\\"'`";

    // Every position that accepts a text; harmless texts are inserted for comparison.
    private const string Contracts = """
        using System.ComponentModel.DataAnnotations; using System.Diagnostics.CodeAnalysis; using System.Runtime.Serialization;
        using System.Runtime.InteropServices;
        namespace \u0044emo;
        /// <summary>A @XML@ <see href="@XML@"/> <see langword="@XML@"/> <c>@XML@</c> <paramref name="@XML@"/></summary>
        [SocketEvents("/@TEXT@", EventPrefix = "A@TEXT@")] public interface IEvents
        {
            /// <summary>B @XML@</summary>
            /// <param name="\u0061b">C @XML@ <see href="@XML@"/></param>
            /// <param name="@XML@">D @XML@</param>
            [SocketEvent("b@TEXT@"), Obsolete("e@TEXT@", DiagnosticId = "OLD1", UrlFormat = "f@TEXT@"), Experimental("EXP1", UrlFormat = "g@TEXT@")]
            void B(string \u0061b = "h@TEXT@", char c = '@CHAR@', string? d = "i@TEXT@");
            [SocketEvent("j@TEXT@")] Task<P> \u0043d(P p, Own o, Shape s, Kind k, Bits l, int n, [Optional, DefaultParameterValue("k@TEXT@")] string m);
            [Obsolete("l@TEXT@")] void E(Numbers n, Dictionary<Kind, int> o);
        }
        /// <summary>L @XML@</summary>
        [SocketCommands("/@TEXT@", EventPrefix = "B@TEXT@")] public interface ICommands
        {
            Task<Result<P, Rules>> F([RegularExpression("C@TEXT@", ErrorMessage = "D@TEXT@")] string a, [AllowedValues("E@TEXT@", '@CHAR@')] object b);
            Task G(Rules r, [Spread] string[] s);
        }
        [ServerEvents("/@TEXT@", EventPrefix = "C@TEXT@")] public interface IServers { Task H([Own("F@TEXT@", More = new[] { "G@TEXT@" })] string a); }
        public class Rules
        {
            [DeniedValues("H@TEXT@"), Length(1, 2, ErrorMessage = "I@TEXT@"), JsonPropertyName("J@TEXT@")] public string A { get; set; } = "";
            [Own("K@TEXT@", More = new[] { "L@TEXT@" })] public Optional<string> B { get; set; }
        }
        [AttributeUsage(AttributeTargets.All)] public class OwnAttribute(string text) : ValidationAttribute(text) { public string[] More { get; set; } = []; }
        /// <summary>F @XML@</summary>
        /// <param name="A">G @XML@</param>
        public record P([property: JsonPropertyName("m@TEXT@")] int A, string B = "n@TEXT@", char C = '@CHAR@')
        {
            /// <summary>H @XML@</summary>
            [JsonPropertyName("o@TEXT@")] public DateTime D { get; set; }
            [MessagePack.Key("p@TEXT@")] public required int E { get; init; }
            [DataMember(Name = "q@TEXT@")] public int? \u0046g { get; init; }
        }
        [MessagePack.MessagePackFormatter(typeof(OwnFormatter))] public record Own(int A);
        [TypeScriptType("\"r@TYPE@\" | `s@TYPE@${ \"t@TYPE@\" }` | 't@TYPE@'", Import = "import \"u@TYPE@\";")] public class OwnFormatter : MessagePack.Formatters.IMessagePackFormatter<Own?>
        {
            public void Serialize(ref MessagePack.MessagePackWriter w, Own? v, MessagePack.MessagePackSerializerOptions o) { }
            public Own? Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o) => null;
        }
        /// <summary>I @XML@</summary>
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "u@TEXT@"), JsonDerivedType(typeof(Circle), "v@TEXT@"), JsonDerivedType(typeof(Square), 2), SocketDerivedType(typeof(Oval), true)]
        public abstract record Shape;
        public record Circle(int R) : Shape; public record Square(int A) : Shape; public record Oval(int A) : Shape;
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Kind
        {
            /// <summary>J @XML@</summary>
            [JsonStringEnumMemberName("w@TEXT@")] A,
            [EnumMember(Value = "x@TEXT@")] \u0042c,
        }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Bits { [JsonStringEnumMemberName("y@TEXT@"), Obsolete("z@TEXT@")] A = 1, B = 2 }
        /// <summary>K @XML@</summary>
        public enum Numbers { [Obsolete("z@TEXT@")] A, B }
        """;

    public static TheoryData<int> Characters =>
        [.. "\u0085\r\n\u2028\u2029\0\t\v\f\u001b\u007f\u00ad\u061c\u200b\u200d\u200e\u202a\u202e\u2066\u2069\ufeff\ufff9\ud800\udc00"
        .Select(c => (int)c), 0xE0001, 0x1D173, '"', '\'', '\\', '*', '`', '$', 'x'];

    [Theory]
    [MemberData(nameof(Characters))]
    public void No_text_becomes_code_at_any_position(int character)
    {
        var harmless = Outputs(Compilation(Contracts, 'x', "texts"));
        var outputs = Outputs(Compilation(Contracts, character, Attack));

        Assert.Equal(harmless.Declared, outputs.Declared);
        Assert.All(outputs.Sources, AssertPlain);
        Assert.Equal(Declarations(harmless.Lines), Declarations(outputs.Lines));
    }

    [Theory]
    [MemberData(nameof(Characters))]
    public void No_text_of_a_referenced_library_becomes_code(int character)
    {
        // The library is only referenced, so its texts and documentation have no source in this compilation.
        var library = Compilation(Contracts, character, Attack);
        library = library.WithAssemblyName("Library");
        var whole = library.AddSyntaxTrees(
            GeneratorHarness.Run(library).GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        using var image = new MemoryStream();
        Assert.Empty(
            whole.Emit(image,
                cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));

        var outputs = Outputs(GeneratorHarness.Compile(GeneratorHarness.File(
            "#pragma warning disable\n[SocketEvents] public interface IMore : Demo.IEvents { void More(Demo.P p); }"))
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray())));
        Assert.All(outputs.Sources, AssertPlain);
        Assert.DoesNotContain(outputs.Declared, d => d.Contains("Evil", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Characters))]
    public async Task No_text_becomes_a_line_of_a_history(int character)
    {
        const string Events = """
            namespace N; using System.Runtime.Serialization; using System.Text.Json.Serialization;
            [SocketCommands("/@TEXT@", EventPrefix = "A@TEXT@")] public interface ICommands { [SocketEvent("b@TEXT@")] Task B(P p, Shape s); Task C(Kind k); }
            public record P([property: JsonPropertyName("c@TEXT@")] int A);
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "d@TEXT@"), JsonDerivedType(typeof(Circle), "e@TEXT@")] public abstract record Shape;
            public record Circle(int R) : Shape;
            [JsonConverter(typeof(JsonStringEnumConverter))] public enum Kind { [JsonStringEnumMemberName("f@TEXT@")] A }
            """;
        var harmless = Assert.Single(await HistoryHarness.RecordAsync(Written(Events, 'x', "texts"), "ICommands")).Text;
        var attacked = Written(Events, character, Attack);
        var history = Assert.Single(await HistoryHarness.RecordAsync(attacked, "ICommands"));

        AssertPlain(history.Text);
        Assert.Equal(harmless.Split('\n').Length, history.Text.Split('\n').Length);
        Assert.Empty(await HistoryHarness.DiagnosticsAsync(attacked, history));
    }

    [Theory]
    [MemberData(nameof(Characters))]
    public void No_text_of_an_attribute_of_a_handler_becomes_code(int character)
    {
        const string Handler = """
            [SocketCommands("/@TEXT@")] public interface ICommands { [SocketEvent("a@TEXT@")] Task A(); }
            [Authorize("b@TEXT@", Roles = "c@TEXT@")] public class H([FromKeyedServices("d@TEXT@")] Uri uri, string text = "e@TEXT@") : SocketHandler, ICommands
            {
                [Mark("f@TEXT@", 'x', "g@TEXT@", More = new[] { "h@TEXT@" })] public Task A() => Task.FromResult((uri, text));
            }
            [AttributeUsage(AttributeTargets.All)] public sealed class MarkAttribute(params object[] all) : Attribute
            {
                public object[] All => all; public string[]? More { get; set; }
            }
            """;
        var (_, harmless, _) = HandlerHarness.Run(HandlerHarness.Compile(Written(Handler, 'x', "texts")));
        var (_, code, problems) = HandlerHarness.Run(HandlerHarness.Compile(Written(Handler, character, Attack)));

        Assert.Empty(problems);
        AssertPlain(code);
        Assert.Equal(harmless.Split('\n').Length, code.Split('\n').Length);
    }

    [Theory]
    [InlineData("\u2028class Evil { }\u2028//")]
    [InlineData("\rclass Evil { }\r//")]
    [InlineData("a b")]
    [InlineData("a;}class Evil{")]
    [InlineData("a\u200bb")]
    public void A_name_that_cannot_be_written_in_C_sharp_is_refused(string name)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File("""
            [SocketEvents] public interface IOne : Odd.IBase { void A(); }
            [SocketEvents] public interface ITwo { void B(Odd.Payload p); }
            [SocketEvents] public interface IThree { void C(Odd.Numbers n); }
            [SocketCommands] public interface IFour { Task D(Odd.Ruled r); }
            """)).WithReferences(References(name));
        var result = GeneratorHarness.Run(compilation);

        Assert.Equal(["TSR019", "TSR043", "TSR082"], result.Diagnostics.Select(d => d.Id).Order(StringComparer.Ordinal));
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        Assert.All(result.GeneratedSources, s => AssertPlain(s.SourceText.ToString()));
        var texts = TypeScriptHarness.Run(TypeScriptHarness.Driver("web"), compilation);
        Assert.All(texts.GeneratedSources, s => AssertPlain(s.SourceText.ToString()));
    }

    /// <summary>Returns the references of a compilation with a library that declares members of a name.</summary>
    /// <remarks>The library is bound to the assemblies of this process, and so is the compilation that uses it.</remarks>
    internal static IEnumerable<MetadataReference> References(string name) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p)).Append<MetadataReference>(MetadataReference.CreateFromImage(Library(name)));

    // Builds an interface with a method, a class with a field and an enum with a member of that name, and a class of that name.
    private static byte[] Library(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Odd"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("Odd");
        var contract = module.DefineType("Odd.IBase", TypeAttributes.Public | TypeAttributes.Interface | TypeAttributes.Abstract);
        const MethodAttributes Attributes =
            MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.HideBySig
            | MethodAttributes.NewSlot;
        contract.DefineMethod(name, Attributes, typeof(void), []);
        contract.CreateType();

        var payload = module.DefineType("Odd.Payload", TypeAttributes.Public | TypeAttributes.Class);
        payload.DefineField(name, typeof(int), FieldAttributes.Public);
        payload.DefineDefaultConstructor(MethodAttributes.Public);
        payload.CreateType();

        var odd = module.DefineType("Odd." + name, TypeAttributes.Public | TypeAttributes.Class);
        odd.DefineDefaultConstructor(MethodAttributes.Public);
        odd.CreateType();
        var holder = module.DefineType("Odd.Holder", TypeAttributes.Public | TypeAttributes.Class);
        holder.DefineField("Value", odd, FieldAttributes.Public);
        holder.DefineDefaultConstructor(MethodAttributes.Public);
        holder.CreateType();

        DefineRuled(module, name);
        var numbers = module.DefineEnum("Odd.Numbers", TypeAttributes.Public, typeof(int));
        numbers.DefineLiteral(name, 1);
        numbers.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(System.Text.Json.Serialization.JsonConverterAttribute).GetConstructor([typeof(Type)])!,
            [typeof(System.Text.Json.Serialization.JsonStringEnumConverter)]));
        numbers.CreateType();

        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    // Builds a validation attribute with a field of that name, and a class with a field to which it is applied.
    private static void DefineRuled(ModuleBuilder module, string name)
    {
        var rule = module.DefineType("Odd.RuleAttribute", TypeAttributes.Public, typeof(ValidationAttribute));
        rule.DefineDefaultConstructor(MethodAttributes.Public);
        rule.DefineField(name, typeof(int), FieldAttributes.Public);
        var made = rule.CreateType();
        var ruled = module.DefineType("Odd.Ruled", TypeAttributes.Public | TypeAttributes.Class);
        ruled.DefineField("Value", typeof(int), FieldAttributes.Public)
            .SetCustomAttribute(new CustomAttributeBuilder(made.GetConstructor([])!, [], [made.GetField(name)!], [1]));
        ruled.DefineDefaultConstructor(MethodAttributes.Public);
        ruled.CreateType();
    }

    private static CSharpCompilation Compilation(string contracts, int character, string text) => GeneratorHarness.Compile(
        GeneratorHarness.File(
            "#pragma warning disable EXP1, OLD1, CS0618, CS1572, CS1573\n" + Written(contracts, character, text)));

    private static string Written(string contracts, int character, string text)
    {
        var (code, xml) = character is >= 0xd800 and < 0xe000
            ? ($"\\u{character:x4}", "")
            : ($"\\U{character:x8}", IsXml(character) ? $"&#x{character:x};" : " ");
        string At(string written) => text.Replace("@", written, StringComparison.Ordinal);
        return contracts
            .Replace("@TEXT@", At(code), StringComparison.Ordinal)
            .Replace("@TYPE@", At(code).Replace("\\\"", "", StringComparison.Ordinal).Replace("'`", "", StringComparison.Ordinal),
                StringComparison.Ordinal)
            .Replace("@XML@", At(xml).Replace("\\\"'`", "", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("'@CHAR@'", character > char.MaxValue ? "'x'" : $"'\\u{character:x4}'", StringComparison.Ordinal);

        static bool IsXml(int c) => c is 9 or 10 or 13 or (>= 32 and < 0xd800) or (>= 0xe000 and < 0xfffe) or > 0xffff;
    }

    private static (string[] Declared, string[] Sources, string[] Lines) Outputs(CSharpCompilation compilation)
    {
        var result = GeneratorHarness.Run(compilation);
        var carrier = TypeScriptHarness.Run(TypeScriptHarness.Driver("web"), compilation);
        Assert.Empty(result.Diagnostics);
        var sources = result.GeneratedSources.Concat(carrier.GeneratedSources).ToArray();
        var whole = compilation.AddSyntaxTrees(sources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        Assert.Empty(whole.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        var declared = sources.SelectMany(s => CSharpSyntaxTree.ParseText(s.SourceText).GetRoot().DescendantNodes())
            .Where(n => n is MemberDeclarationSyntax or LocalFunctionStatementSyntax or StatementSyntax)
            .Select(n => n switch
            {
                BaseTypeDeclarationSyntax type => "type " + type.Identifier.Text,
                MethodDeclarationSyntax method => "method " + method.Identifier.Text,
                _ => n.Kind().ToString(),
            });
        var text = Assert.Single(carrier.GeneratedSources).SourceText.ToString();
        Assert.Empty(CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot().Members);
        var lines = text.Split('\n').Where(l => l.StartsWith("//|", StringComparison.Ordinal)).Select(l => l[3..]);
        return ([.. declared], [.. sources.Select(s => s.SourceText.ToString())], [.. lines]);
    }

    // Returns the declarations, which are outside comments and texts.
    private static string[] Declarations(string[] lines) =>
    [
        .. lines.Where(l => l.StartsWith("export ", StringComparison.Ordinal)).Select(l => string.Join(' ', l.Split(' ').Take(3)))
            .Select(WithoutNamespace),
    ];

    // The name of a namespace becomes a part of an identifier, without what an identifier cannot contain.
    private static string WithoutNamespace(string declaration)
    {
        var map = Regex.Match(declaration, "^export type (.*?)(ServerToClientEvents|ClientToServerEvents|InterServerEvents)$");
        if (!map.Success) return declaration;
        Assert.Matches(@"^[\p{L}\d]*$", map.Groups[1].Value);
        return map.Groups[2].Value;
    }

    private static void AssertPlain(string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(source, i);
            Assert.False(
                source[i] is not ('\n' or '\t') && category is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate,
                $"U+{(int)source[i]:X4} at {i}: {source[Math.Max(0, i - 40)..i]}");
            if (char.IsSurrogatePair(source, i)) i++;
        }
    }
}
