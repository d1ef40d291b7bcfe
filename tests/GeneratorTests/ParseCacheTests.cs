using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>The cache of the parser, which detects every effect of an edit although it keeps most results.</summary>
public sealed class ParseCacheTests
{
    private static readonly SyntaxTree Contract = GeneratorHarness.File(
        "namespace Demo; [SocketEvents] public interface IEvents { void Sent(Order order, int size = Defaults.Size); }");

    private static readonly SyntaxTree Payload = GeneratorHarness.File(
        "using Shop; namespace Demo; public static class Defaults { public const int Size = 1; public static void Run() { } }",
            "Defaults.cs");

    private static readonly SyntaxTree Order = GeneratorHarness.File("namespace Shop { public record Order(int Id); }", "Order.cs");

    private static readonly SyntaxTree Nearer = GeneratorHarness.File("namespace Demo { public record Order(int Id); }", "Nearer.cs");

    private static readonly SyntaxTree Usings = GeneratorHarness.File("global using Shop;", "Shop.cs");

    [Theory]
    [InlineData("another constant",
        "using Shop; namespace Demo; public static class Defaults { public const int Size = 2; public static void Run() { } }",
            "size = (int)(2)")]
    [InlineData("a nearer type",
        "using Shop; namespace Demo; public record Order(int Id); public static class Defaults { public const int Size = 1; public static void Run() { } }", "global::Demo.Order order")]
    [InlineData("a directive in a body",
        "using Shop; namespace Demo; public static class Defaults { public static void Run() {\n#if true\n} public const int Size = 3; static void More() {\n#endif\n} }", "size = (int)(3)")]
    public void An_edit_of_a_declaration_is_detected(string what, string edited, string expected)
    {
        var parameters = Edit(c => c.ReplaceSyntaxTree(Payload, GeneratorHarness.File(edited, "Defaults.cs")));
        Assert.True(parameters.Contains(expected, StringComparison.Ordinal), $"{what}: {parameters}");
    }

    [Fact]
    public void An_added_removed_or_edited_file_is_detected_after_edits_without_effect()
    {
        Assert.Contains("global::Demo.Order order", Edit(c => c.AddSyntaxTrees(Nearer)), StringComparison.Ordinal);
        Assert.Contains("global::Demo.Order order", Edit(c => c.RemoveSyntaxTrees(Order).AddSyntaxTrees(Nearer)), StringComparison.Ordinal);
        Assert.Contains("global::Shop.Order order", Edit(c => Body(c, 1), c => Body(c, 2), c => Body(c, 3)), StringComparison.Ordinal);
        Assert.Contains("global::Demo.Order order", Edit(c => Body(c, 1), c => Body(c, 2).AddSyntaxTrees(Nearer), c => Body(c, 3)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#region Orders\n#pragma warning disable CS1591\n#nullable enable\n@\n#endregion")]
    [InlineData("@\n#nullable disable\npublic class After { }")]
    [InlineData("#if true\n@\n#endif")]
    public void An_edit_in_a_body_of_a_file_with_directives_parses_nothing_again(string file)
    {
        const string Type = "namespace Shop { public record Order(int Id) { public void Run() { @ } } }";
        Assert.True(ParseCache.HaveSameDeclarations(
            GeneratorHarness.File(file.Replace("@", Type.Replace("@", "", StringComparison.Ordinal), StringComparison.Ordinal)),
            GeneratorHarness.File(file.Replace("@", Type.Replace("@", "System.Console.Write(1);", StringComparison.Ordinal),
                StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("public void Run() { @ }")]
    [InlineData("public int Size => 1 @;")]
    [InlineData("@ public int Size => 1;")]
    [InlineData("public int Size(int a, @ int b) => a + b;")]
    public void A_directive_that_changes_nullability_is_detected(string member)
    {
        var source = "namespace Shop { public class Order { " + member + " public string Name { get; set; } = \"\"; } }";
        Assert.False(ParseCache.HaveSameDeclarations(
            GeneratorHarness.File(source.Replace("@", "", StringComparison.Ordinal)),
            GeneratorHarness.File(source.Replace("@", "\n#nullable disable\n", StringComparison.Ordinal))));
        Assert.False(ParseCache.HaveSameDeclarations(
            GeneratorHarness.File(source.Replace("@", "\n#nullable enable\n", StringComparison.Ordinal)),
            GeneratorHarness.File(source.Replace("@", "\n#nullable disable\n", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_directive_that_moves_to_another_declaration_is_detected()
    {
        const string Source = "public class Order { public void A() { 1 } public string? Name; public void B() { 2 } }";
        const string Directive = "\n#nullable disable\n";
        Assert.False(ParseCache.HaveSameDeclarations(
            GeneratorHarness.File(Source.Replace("1", Directive, StringComparison.Ordinal).Replace("2", "", StringComparison.Ordinal)),
            GeneratorHarness.File(Source.Replace("1", "", StringComparison.Ordinal).Replace("2", Directive, StringComparison.Ordinal))));
    }

    // With an initializer, null is written, so that a reader does not use the initial value.
    [Theory]
    [InlineData("public class Order { public string? Note; }", "public class Order { public string? Note = \"none\"; }")]
    [InlineData("public class Order { public string? Note { get; set; } }",
        "public class Order { public string? Note { get; set; } = \"none\"; }")]
    public void A_new_initializer_is_detected(string before, string after)
    {
        var file = GeneratorHarness.File($"namespace Shop {{ {before} }}", "Order.cs");
        var compilation = GeneratorHarness.Compile(Contract, Payload, file, Usings);
        var driver = GeneratorHarness.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        compilation = compilation.ReplaceSyntaxTree(file, GeneratorHarness.File($"namespace Shop {{ {after} }}", "Order.cs"));

        var edited = Formatter(GeneratorHarness.Result(driver.RunGenerators(compilation, TestContext.Current.CancellationToken)));
        Assert.Equal(Formatter(GeneratorHarness.Run(compilation)), edited);
        Assert.NotEqual(Formatter(GeneratorHarness.Result(driver)), edited);

        static string Formatter(GeneratorRunResult result) =>
            result.GeneratedSources.Single(s => s.HintName == "Shop_OrderFormatter.g.cs").SourceText.ToString();
    }

    // Applies the edits one after another with the same driver, and returns the parameters of the contract after the last one.
    private static string Edit(params Func<CSharpCompilation, CSharpCompilation>[] edits)
    {
        var compilation = GeneratorHarness.Compile(Contract, Payload, Order, Usings);
        var driver = GeneratorHarness.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        foreach (var edit in edits)
        {
            compilation = edit(compilation);
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
        }

        var parsed = Assert.Single(GeneratorHarness.Result(driver).TrackedSteps[KnownNames.ParseStep].SelectMany(s => s.Outputs)).Value;
        return string.Join(", ", Assert.IsType<Parsed>(parsed).Contract!.Events[0].Parameters.Select(p => p.Declaration));
    }

    private static CSharpCompilation Body(CSharpCompilation compilation, int version) => compilation.ReplaceSyntaxTree(
        compilation.SyntaxTrees.Single(t => t.FilePath == "Defaults.cs"),
        GeneratorHarness.File(Payload.ToString().Replace("Run() { }", $"Run() {{ Console.Write({version}); }}", StringComparison.Ordinal),
            "Defaults.cs"));
}
