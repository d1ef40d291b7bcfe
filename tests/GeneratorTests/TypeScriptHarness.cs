using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Runs the TypeScript generator as a build with or without the property does.</summary>
internal static partial class TypeScriptHarness
{
    private const string Mark = "//|";

    /// <summary>Returns the TypeScript of a source without its first line and without the events of each namespace.</summary>
    public static string TypeScript(string source, DocumentationMode mode = DocumentationMode.Parse) =>
        Map().Replace(Whole(source, mode), "").Trim('\n');

    /// <summary>Returns the TypeScript of a source without its first line.</summary>
    public static string Whole(string source, DocumentationMode mode = DocumentationMode.Parse)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source, mode: mode));
        var result = Run(Driver("web/src"), compilation);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        var lines = Assert.Single(result.GeneratedSources).SourceText.ToString().Split('\n');
        Assert.DoesNotContain(lines, l => l.StartsWith('#'));
        return string.Join('\n', lines.Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..]).Skip(1))
            .Trim('\n');
    }

    public static GeneratorDriver Driver(
        string? folder, IncrementalGeneratorOutputKind disabled = IncrementalGeneratorOutputKind.None) => CSharpGeneratorDriver.Create(
            [new TypeScriptGenerator().AsSourceGenerator()],
            optionsProvider: new Properties(folder),
            driverOptions: new GeneratorDriverOptions(disabled, trackIncrementalGeneratorSteps: true));

    public static GeneratorRunResult Run(GeneratorDriver driver, Compilation compilation) =>
        GeneratorHarness.Result(driver.RunGenerators(compilation, TestContext.Current.CancellationToken));

    [GeneratedRegex(@"\n/\*\* All events that .*\*/\nexport type .*;\n?")]
    private static partial Regex Map();

    private sealed class Properties(string? folder) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(folder);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(string? folder) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == KnownNames.TypeScriptOut ? folder : null;
            return value is not null;
        }
    }
}
