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

    /// <summary>Returns the TypeScript of a source without its first line and without the types for all events.</summary>
    public static string TypeScript(string source, DocumentationMode mode = DocumentationMode.Parse) =>
        Map().Replace(Whole(source, mode), "").Trim('\n');

    /// <summary>Returns the TypeScript of a source without its first line.</summary>
    public static string Whole(string source, DocumentationMode mode = DocumentationMode.Parse, string? parser = null)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source, mode: mode));
        var result = Run(Driver("web/src", parser: parser), compilation);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        var lines = Assert.Single(result.GeneratedSources).SourceText.ToString().Split('\n');
        Assert.DoesNotContain(lines, l => l.StartsWith('#'));
        return string.Join('\n', lines.Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..]).Skip(1))
            .Trim('\n');
    }

    public static GeneratorDriver Driver(
        string? folder, IncrementalGeneratorOutputKind disabled = IncrementalGeneratorOutputKind.None, string? parser = null) =>
        CSharpGeneratorDriver.Create(
            [new TypeScriptGenerator().AsSourceGenerator()],
            optionsProvider: new Properties(folder, parser),
            driverOptions: new GeneratorDriverOptions(disabled, trackIncrementalGeneratorSteps: true));

    public static GeneratorRunResult Run(GeneratorDriver driver, Compilation compilation) =>
        GeneratorHarness.Result(driver.RunGenerators(compilation, TestContext.Current.CancellationToken));

    [GeneratedRegex(@"\n/\*\* (All events that .*\*/\nexport type .*;|The same events (.*\n)*?};)\n?")]
    private static partial Regex Map();

    private sealed class Properties(string? folder, string? parser) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(folder, parser);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(string? folder, string? parser) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == KnownNames.TypeScriptOut ? folder : key == KnownNames.TypeScriptParser ? parser : null;
            return value is not null;
        }
    }
}
