using Basic.Reference.Assemblies;
using MessagePack;
using Microsoft.AspNetCore.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>Runs both generators over sources that refer to the server.</summary>
internal static class HandlerHarness
{
    private const string Usings =
        "global using System; global using System.Threading; global using System.Threading.Tasks; global using TypedSocketRedis;"
        + "global using Microsoft.Extensions.DependencyInjection; global using Microsoft.AspNetCore.Authorization;";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        .. new[]
        {
            typeof(SocketEventsAttribute), typeof(SocketHandler), typeof(MessagePackReader), typeof(KeyAttribute),
            typeof(AuthorizeAttribute), typeof(IAllowAnonymous), typeof(IServiceCollection),
        }.Select(type => type.Assembly.Location).Distinct(StringComparer.Ordinal)
            .Select(location => MetadataReference.CreateFromFile(location)),
    ];

    public static CSharpCompilation Compile(string source, string name = "Consumer", params MetadataReference[] more) =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings, ParseOptions), CSharpSyntaxTree.ParseText(source, ParseOptions, "Source.cs")],
            [.. References, .. more],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]));

    /// <summary>Runs the generators, and asserts that the compiler accepts the result.</summary>
    /// <returns>The compilation, the code of the registrations and the diagnostics of the generators.</returns>
    public static (Compilation Compilation, string Code, IReadOnlyList<Diagnostic> Problems) Run(CSharpCompilation compilation)
    {
        var driver = CSharpGeneratorDriver.Create(
                [new BroadcastGenerator().AsSourceGenerator(), new HandlerGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out var problems);
        var result = driver.GetRunResult();
        Assert.All(result.Results, one => Assert.Null(one.Exception));
        Assert.Empty(updated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        var code = string.Join('\n', result.Results[1].GeneratedSources.Select(source => source.SourceText.ToString()));
        return (updated, code, problems);
    }

    /// <summary>Returns the reasons for which the outputs of the registrations are what they are after an edit.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> ReasonsAfterEdit(string before, string after)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new HandlerGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var compilation = Compile(before);
        driver = driver.RunGenerators(compilation);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[1], CSharpSyntaxTree.ParseText(after, ParseOptions, "Source.cs")));
        var step = driver.GetRunResult().Results.Single().TrackedSteps[KnownNames.RegistrationStep];
        return [.. step.SelectMany(run => run.Outputs).Select(output => output.Reason)];
    }

    /// <summary>Returns the generators' diagnostics for a source, as the id and the marked code.</summary>
    public static IReadOnlyList<string> Problems(string source)
    {
        var (_, _, problems) = Run(Compile(source));
        return [.. problems.Select(d => $"{d.Id} {source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}")];
    }
}
