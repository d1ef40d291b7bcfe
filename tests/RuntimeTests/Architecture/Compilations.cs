using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The sources of the packages, compiled so that rules can follow symbols.</summary>
internal static class Compilations
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

    /// <summary>The files of the libraries that applications and their tests load.</summary>
    public static IEnumerable<string> Files { get; } =
        [.. new[] { "src/Contracts", "src/Runtime", "src/AspNetCore", "src/Testing" }.SelectMany(SourceTree.Files)];

    private static readonly Lazy<CSharpCompilation> Together = new(() => Of(Files));

    /// <summary>The compilation of these libraries together.</summary>
    public static CSharpCompilation All => Together.Value;

    /// <summary>Returns the compilation of some files of the repository.</summary>
    public static CSharpCompilation Of(IEnumerable<string> files) => Of(files.Select(SourceTree.Parse));

    /// <summary>Returns the compilation of some syntax trees.</summary>
    public static CSharpCompilation Of(IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create("rules",
        [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings)],
        ReferencePaths().Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>Returns the types that a compilation declares, each once.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Types(CSharpCompilation compilation)
    {
        var types = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
                if (model.GetDeclaredSymbol(declaration) is { } type) types.Add(type.OriginalDefinition);
        }

        return [.. types];
    }

    private static string[] ReferencePaths() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
