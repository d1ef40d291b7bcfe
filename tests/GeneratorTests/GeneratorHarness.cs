using Basic.Reference.Assemblies;
using MessagePack;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Runs the generator over sources as the compiler does.</summary>
internal static class GeneratorHarness
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.Threading; " +
        "global using System.Threading.Tasks; global using System.Text.Json.Serialization; global using TypedSocketRedis;";

    // Generated code suppresses all warnings. The tests enable them, except those that only the author of a contract can cause:
    // the same formatters in an assembly with visible internals (CS0436), obsolete members (CS06), members unknown to other languages
    // (CS3), type arguments that may be null (CS86, CS87), and constructors with references to values that are only read (CS9192).
    private const string SuppressAll = "#pragma warning disable\n";
    private const string SuppressSome =
        "#pragma warning disable CS0436, CS0612, CS0618, CS3001, CS3002, CS3024, CS8631, CS8634, CS8645, CS8714, CS9192\n";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(SocketEventsAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(SocketEventsRecorder).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(MessagePackReader).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(KeyAttribute).Assembly.Location),
    ];

    public static SyntaxTree File(string source, string path = "Contract.cs", DocumentationMode mode = DocumentationMode.Diagnose) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions.WithDocumentationMode(mode), path, System.Text.Encoding.UTF8);

    public static CSharpCompilation Compile(params IEnumerable<SyntaxTree> files) => CSharpCompilation.Create(
        "Consumer",
        [File(GlobalUsings, "Usings.cs"), .. files],
        References,
        // As in the SDK: a library for an older framework can be bound to a newer one.
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]));

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new BroadcastGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator once, and asserts that it does not throw.</summary>
    public static GeneratorRunResult Run(Compilation compilation) => Result(Driver().RunGenerators(compilation));

    public static GeneratorRunResult Result(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result;
    }

    /// <summary>Returns the errors and warnings of the compiler for a compilation with its generated code.</summary>
    /// <remarks>Missing documentation in the sources of a test is ignored. In user projects, generated files report only errors.</remarks>
    public static Diagnostic[] Diagnose(Compilation compilation, GeneratorRunResult result, bool inUserProject = false) =>
    [
        .. compilation
            .AddSyntaxTrees(result.GeneratedSources.Select(s => File(WithWarnings(s.SourceText.ToString(), inUserProject), s.HintName)))
            .GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Where(d => d.Id != "CS1591" || d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true),
    ];

    private static string WithWarnings(string code, bool inUserProject) =>
        inUserProject ? code : code.Replace(SuppressAll, SuppressSome, StringComparison.Ordinal);
}
