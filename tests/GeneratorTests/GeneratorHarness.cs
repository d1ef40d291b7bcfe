using Basic.Reference.Assemblies;
using MessagePack;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Runs the generator over sources as the compiler would.</summary>
internal static class GeneratorHarness
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.Threading; " +
        "global using System.Threading.Tasks; global using System.Text.Json.Serialization; global using TypedSocketRedis;";

    // What generated code says to nobody; the tests look through it, but for what may be the fault of a contract's author alone:
    // an assembly whose internals are visible here may have the same formatters (CS0436), members may be old (CS06), not for other
    // languages (CS3), type arguments null (CS86, CS87), and constructors take references to what is only read (CS9192).
    private const string Silence = "#pragma warning disable\n";
    private const string LessSilence =
        "#pragma warning disable CS0436, CS0612, CS0618, CS3001, CS3002, CS3024, CS8631, CS8634, CS8645, CS8714, CS9192\n";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(SocketEventsAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(MessagePackReader).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(KeyAttribute).Assembly.Location),
    ];

    public static SyntaxTree File(string source, string path = "Contract.cs", DocumentationMode mode = DocumentationMode.Diagnose) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions.WithDocumentationMode(mode), path, System.Text.Encoding.UTF8);

    public static CSharpCompilation Compile(params IEnumerable<SyntaxTree> files) => CSharpCompilation.Create(
        "Consumer",
        [File(GlobalUsings, "Usings.cs"), .. files],
        References,
        // As the SDK does: a library made for an older framework may be bound to a newer one.
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]));

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new BroadcastGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator once; it must not throw.</summary>
    public static GeneratorRunResult Run(Compilation compilation) => Result(Driver().RunGenerators(compilation));

    public static GeneratorRunResult Result(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result;
    }

    /// <summary>What the compiler says, warnings included, about a compilation with its generated code.</summary>
    /// <remarks>Missing documentation of the test's own sources is not of interest. As users see it, generated files have nothing said about them but errors.</remarks>
    public static Diagnostic[] Complaints(Compilation compilation, GeneratorRunResult result, bool asUsersSee = false) =>
    [
        .. compilation
            .AddSyntaxTrees(result.GeneratedSources.Select(s => File(Speaking(s.SourceText.ToString(), asUsersSee), s.HintName)))
            .GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Where(d => d.Id != "CS1591" || d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true),
    ];

    private static string Speaking(string code, bool asUsersSee) => asUsersSee ? code : code.Replace(Silence, LessSilence, StringComparison.Ordinal);
}
