using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Runs every analyzer over a source in which the places of expected advice are marked: <c>{|TSR101:DateTime.Now|}</c>.</summary>
internal static partial class AnalyzerHarness
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(BroadcastGenerator).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    // The assemblies that the signatures of the server's members mention.
    private static IEnumerable<string> Platform => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetFileName(file) is "Microsoft.Extensions.DependencyInjection.Abstractions.dll"
            or "Microsoft.Extensions.Options.dll" or "Microsoft.AspNetCore.Http.Abstractions.dll"
                or "Microsoft.AspNetCore.Http.Features.dll");

    /// <summary>Asserts that exactly the marked places are reported, and that a pragma suppresses the reports.</summary>
    public static async Task VerifyAsync(string marked, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var (source, expected) = Parse(marked);
        Assert.Equal(expected, await FindAsync(source, kind));

        foreach (var id in expected.Select(e => e.Id).Distinct())
        {
            var (silenced, others) = Parse($"#pragma warning disable {id}\n{marked}");
            Assert.Equal(others.Where(e => e.Id != id), await FindAsync(silenced, kind));
        }
    }

    /// <summary>Returns a source without its markers, and the diagnostics that they expect.</summary>
    public static (string Source, Found[] Expected) Parse(string marked)
    {
        var source = Marker().Replace(marked, "$2");
        var removed = 0;
        var expected = new List<Found>();
        foreach (var match in Marker().Matches(marked).Cast<Match>())
        {
            expected.Add(new(match.Groups[1].Value, match.Index - removed, match.Groups[2].Value));
            removed += match.Length - match.Groups[2].Length;
        }

        return (source, [.. expected]);
    }

    /// <summary>Compiles a source with its generated code, and asserts that there are no errors.</summary>
    public static Compilation Compile(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(kind))
            .AddReferences(MetadataReference.CreateFromFile(typeof(ISocket).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(RedisEmitter).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Configuration.IConfiguration).Assembly.Location))
            .AddReferences(Platform.Select(name => MetadataReference.CreateFromFile(name)));
        var result = GeneratorHarness.Run(compilation);
        var whole = compilation.AddSyntaxTrees(
            result.GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        Assert.Empty(whole.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return whole;
    }

    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Compilation compilation, params AdditionalText[] files) =>
        await compilation
            .WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([.. files]), (failure, _, _) => throw failure, concurrentAnalysis: true,
                logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static async Task<Found[]> FindAsync(string source, OutputKind kind) =>
    [
        .. (await DiagnosticsAsync(Compile(source, kind)))
            .Select(d =>
                new Found(d.Id, d.Location.SourceSpan.Start, source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)))
            .OrderBy(d => d.Start),
    ];

    [GeneratedRegex(@"\{\|(TSR\d+):(.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Marker();
}

/// <summary>A piece of advice: its id, its position and the reported text.</summary>
internal sealed record Found(string Id, int Start, string Text);
