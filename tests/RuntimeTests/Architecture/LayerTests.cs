using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The references between folders, each of which is a layer, checked with the symbols that the sources use.</summary>
public class LayerTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Dictionary<string, string[]> Contracts = new(StringComparer.Ordinal)
    {
        [""] = [],
        ["Protocol"] = [],
        ["Broadcasting"] = ["", "Protocol"],
        ["Testing"] = ["Broadcasting", "", "Protocol"],
    };

    private static readonly Dictionary<string, string[]> Runtime = new(StringComparer.Ordinal)
    {
        ["Redis"] = ["Contracts", "Contracts/Broadcasting", "Contracts/Protocol"],
    };

    private static readonly Dictionary<string, string[]> Server = new(StringComparer.Ordinal)
    {
        [""] = ["Contracts", "Contracts/Protocol", "Contracts/Broadcasting", "Engine", "Namespaces"],
        ["Engine"] = ["Contracts/Protocol", "Contracts/Broadcasting"],
        ["Namespaces"] = ["Contracts", "Contracts/Protocol", "Contracts/Broadcasting", "Engine", ""],
    };

    [Fact]
    public void Contracts_refer_only_to_the_layers_below_and_never_to_Redis() => AssertLayers("src/Contracts", Contracts, []);

    [Fact]
    public void Runtime_folders_refer_only_to_the_layers_below() => AssertLayers("src/Runtime", Runtime, SourceTree.Files("src/Contracts"));

    [Fact]
    public void Server_folders_refer_only_to_the_layers_below_and_never_to_Redis() => AssertLayers(
        "src/AspNetCore", Server, [.. SourceTree.Files("src/Contracts"), .. SourceTree.Files("src/Runtime")]);

    [Fact]
    public void Generator_models_and_emitters_do_not_use_compiler_types()
    {
        string[] symbols = ["ISymbol", "INamedTypeSymbol", "ITypeSymbol", "IMethodSymbol", "IParameterSymbol", "IPropertySymbol", "SemanticModel", "SyntaxNode", "Compilation"];
        var offenders =
            from file in SourceTree.Files("src/Generator")
            where file.Contains("/Model/", StringComparison.Ordinal) || file.Contains("/Emitting/", StringComparison.Ordinal)
            from name in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>()
            where symbols.Contains(name.Identifier.Text)
            select $"{file}: {name.Identifier.Text}";
        Assert.Empty(offenders);
    }

    private static void AssertLayers(string project, Dictionary<string, string[]> allowed, IReadOnlyList<string> others)
    {
        var files = SourceTree.Files(project);
        var compilation = CSharpCompilation.Create("layers",
            [.. files.Concat(others).Select(SourceTree.Parse), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            ReferencePaths().Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

        var offenders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees.Where(tree => files.Contains(tree.FilePath)))
        {
            var from = Layer(tree.FilePath, project);
            Assert.True(allowed.ContainsKey(from), $"{tree.FilePath}: the folder is not a known layer.");
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var info = model.GetSymbolInfo(name, TestContext.Current.CancellationToken);
                var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                foreach (var target in symbol is null or INamespaceSymbol ? [] : symbol.OriginalDefinition.DeclaringSyntaxReferences)
                {
                    var to = Layer(target.SyntaxTree.FilePath, project);
                    if (to != from && !allowed[from].Contains(to))
                        offenders.Add($"{tree.FilePath} refers to {target.SyntaxTree.FilePath} ({name.Identifier.Text})");
                }
            }
        }

        Assert.Empty(offenders);
    }

    [Fact]
    public void Three_projects_are_packages()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => !File.ReadAllText(file).Contains("<IsPackable>false</IsPackable>", StringComparison.Ordinal));
        Assert.Equal(["TypedSocketRedis", "TypedSocketRedis.AspNetCore", "TypedSocketRedis.Contracts"], projects.Select(Path.GetFileNameWithoutExtension).Order());
    }

    /// <summary>Returns the folder of a file below its project, with the project in front if it is another one.</summary>
    /// <remarks>Seen from src/Runtime, <c>src/Runtime/Redis/X.cs</c> is in <c>Redis</c> and <c>src/Contracts/X.cs</c> is in <c>Contracts</c>.</remarks>
    private static string Layer(string file, string project)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        return folder == project ? "" : folder.StartsWith(project + "/", StringComparison.Ordinal) ? folder[(project.Length + 1)..] : folder["src/".Length..];
    }

    private static string[] ReferencePaths() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
