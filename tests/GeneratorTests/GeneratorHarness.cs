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
    /// <remarks>Missing documentation of the test's own sources is not of interest.</remarks>
    public static Diagnostic[] Complaints(Compilation compilation, GeneratorRunResult result) =>
    [
        .. compilation
            .AddSyntaxTrees(result.GeneratedSources.Select(s => File(s.SourceText.ToString(), s.HintName)))
            .GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Where(d => d.Id != "CS1591" || d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true),
    ];
}
