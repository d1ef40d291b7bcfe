using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>The tasks of docs/coming-from-signalr.md: what each form of one takes to write.</summary>
public sealed partial class ComparisonTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SampleTests.Root, "docs/coming-from-signalr.md"));

    private static readonly string[] Samples = [.. SampleTests.Sample().Matches(Page).Select(sample => sample.Groups[1].Value)];

    public static TheoryData<string> Tasks => [.. Row().Matches(Page).Select(row => row.Groups["task"].Value)];

    [Fact]
    public void Five_tasks_are_compared() => Assert.Equal(5, Tasks.Count);

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_task_takes_no_more_lines_and_names_than_with_SignalR(string task)
    {
        var section = Regex.Match(Page, $@"^## {task}\n(.*?)(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        var forms = SampleTests.Sample().Matches(section).Select(sample => sample.Groups[1].Value).ToArray();
        var row = Row().Matches(Page).Single(r => r.Groups["task"].Value == task);
        int[] documented = [.. row.Groups["count"].Captures.Select(count => int.Parse(count.Value, CultureInfo.InvariantCulture))];

        Assert.Equal(2, forms.Length);
        Assert.Equal<int[]>(documented, [Lines(forms[0]), Lines(forms[1]), Names(forms[0]), Names(forms[1])]);
        Assert.InRange(documented[1], 1, documented[0]);
        Assert.InRange(documented[3], 1, documented[2]);
    }

    private static int Lines(string code) => code.Split('\n').Count(line => line.Any(char.IsLetterOrDigit))
        - SampleTests.Parse(code).Usings.Count;

    // Returns the number of distinct types and members of other assemblies that the code mentions.
    private static int Names(string code)
    {
        var tree = GeneratorHarness.File(Members(code) + Statements(code), "Task.cs");
        var declared = Types(code).Select(type => type.Identifier.Text).ToHashSet();
        var others = Samples.SelectMany(Types).Where(type => declared.Add(type.Identifier.Text)).Select(type => type.ToFullString());
        var usings = Samples.SelectMany(sample => SampleTests.Parse(sample).Usings).Select(u => $"global {u}\n").Distinct();
        var compilation = GeneratorHarness.Compile().RemoveAllSyntaxTrees().WithReferences(SampleTests.References).AddSyntaxTrees(
            tree,
            GeneratorHarness.File(SampleTests.Usings, "Usings.cs"),
            GeneratorHarness.File(string.Concat([.. usings, .. others, SampleTests.SignalRContext]), "Others.cs"));
        var result = GeneratorHarness.Run(compilation);
        Assert.DoesNotContain(GeneratorHarness.Diagnose(compilation, result), d => d.Severity == DiagnosticSeverity.Error);

        var whole = compilation.AddSyntaxTrees(result.GeneratedSources.Select(source => source.SyntaxTree));
        var model = whole.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => !name.IsVar && name.Ancestors().All(ancestor => ancestor is not UsingDirectiveSyntax))
            .Select(name => model.GetSymbolInfo(name).Symbol)
            .Select(symbol => symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } made ? made.ContainingType : symbol)
            .Where(symbol => symbol
                is ITypeSymbol { TypeKind: not TypeKind.TypeParameter } or IMethodSymbol or IPropertySymbol or IFieldSymbol)
            .Where(symbol => symbol!.Locations.All(location => location.IsInMetadata))
            .Select(symbol => (symbol!.ContainingSymbol.ToDisplayString(), symbol.Name))
            .Distinct().Count();
    }

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(string code) =>
        SampleTests.Parse(code).Members.OfType<BaseTypeDeclarationSyntax>();

    private static string Members(string code) => string.Concat(Types(code).Select(type => type.ToFullString()));

    private static string Statements(string code)
    {
        var statements = SampleTests.Parse(code).Members.Where(member => member is not BaseTypeDeclarationSyntax)
            .Select(m => m.ToFullString());
        return $"static class Program {{ static void Run(string[] args) {{ {string.Concat(statements)} }} }}";
    }

    [GeneratedRegex(@"^\| \[(?<task>[^\]]+)\]\(#[a-z-]+\)(?: \| (?<count>[0-9]+)){4} \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
