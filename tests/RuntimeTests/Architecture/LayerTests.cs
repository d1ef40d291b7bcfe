using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The references between folders, each of which is a layer, checked with the symbols that the sources use.</summary>
public class LayerTests
{
    /// <summary>The maximum number of files directly in a folder of the assemblies that users run.</summary>
    private const int MaxFiles = 15;

    // From the lowest layer to the highest: a layer refers only to layers above it in the list, and to the root.
    private static readonly Dictionary<string, string[]> Contracts = new(StringComparer.Ordinal)
    {
        [""] = [],
        ["Payloads"] = [],
        ["CompilerServices"] = [],
        ["Diagnostics"] = [],
        ["Protocol"] = [],
        ["CompilerServices/Values"] = ["CompilerServices", "Diagnostics", "Protocol"],
        ["Protocol/MessagePack"] = ["CompilerServices", "Protocol"],
        ["Protocol/Json"] = ["CompilerServices", "Protocol", "Protocol/MessagePack"],
        ["CompilerServices/Formatters"] = ["CompilerServices", "Protocol", "CompilerServices/Values"],
        ["CompilerServices/Events"] =
        [
            "", "CompilerServices", "Protocol", "CompilerServices/Values", "CompilerServices/Formatters", "Protocol/MessagePack",
            "Protocol/Json",
        ],
        ["Protocol/EngineIO"] = ["Protocol", "Protocol/Json"],
        ["Broadcasting"] = ["", "CompilerServices", "Diagnostics", "Protocol", "Protocol/MessagePack", "Protocol/Json",
            "CompilerServices/Events"],
        ["Broadcasting/Acks"] = ["CompilerServices", "CompilerServices/Events"],
        ["CompilerServices/Targets"] = ["", "CompilerServices", "CompilerServices/Events", "Broadcasting/Acks"],
        ["Broadcasting/Users"] = [],
        ["Protocol/SocketIO"] =
            ["CompilerServices", "Protocol", "CompilerServices/Values", "Protocol/MessagePack", "Protocol/Json", "Protocol/EngineIO"],
        ["Broadcasting/Chain"] =
        [
            "", "CompilerServices", "Protocol", "CompilerServices/Events", "Broadcasting", "Broadcasting/Acks",
            "CompilerServices/Targets", "Broadcasting/Users",
        ],
        ["Broadcasting/Sockets"] =
            ["", "CompilerServices/Events", "Protocol/EngineIO", "Broadcasting", "Broadcasting/Acks", "Broadcasting/Users"],
        ["Broadcasting/Handlers"] = ["", "CompilerServices", "Diagnostics", "Protocol", "CompilerServices/Events", "Broadcasting"],
        ["Broadcasting/ServerEvents"] =
        [
            "", "CompilerServices", "Diagnostics", "Protocol", "Protocol/MessagePack", "CompilerServices/Events", "Broadcasting",
            "Broadcasting/Acks", "CompilerServices/Targets", "Protocol/SocketIO", "Broadcasting/Chain", "Broadcasting/Handlers",
        ],
        ["Broadcasting/Selections"] =
        [
            "", "CompilerServices", "Protocol", "CompilerServices/Events", "Broadcasting", "Broadcasting/Acks", "Broadcasting/Users",
            "Broadcasting/Chain", "Broadcasting/ServerEvents",
        ],
        ["Broadcasting/Adapters"] =
        [
            "", "CompilerServices", "Diagnostics", "Protocol/EngineIO", "Broadcasting", "Broadcasting/Acks", "Protocol/SocketIO",
            "Broadcasting/Users", "Broadcasting/Chain", "Broadcasting/Sockets", "Broadcasting/ServerEvents",
        ],
    };

    private static readonly Dictionary<string, string[]> Runtime = new(StringComparer.Ordinal)
    {
        ["Bus"] = [],
        ["Diagnostics"] = ["Bus", "", "Contracts/*"],
        ["Bus/Cluster"] = ["Bus", "Diagnostics", "Contracts/*"],
        ["Wire"] = ["Diagnostics", "", "Contracts/*"],
        ["Bus/Subscriptions"] = ["Bus", "Diagnostics", "Bus/Cluster", "Contracts/*"],
        ["Peers/Pending"] = ["Wire", "Diagnostics", "", "Contracts/*"],
        ["Peers"] = ["Bus", "Diagnostics", "Wire", "Peers/Pending", "", "Contracts/*"],
        ["Bus/Publishing"] = ["Bus", "Diagnostics", "Bus/Cluster", "Wire", "Bus/Subscriptions", "Contracts/*"],
        ["Wire/Classic"] = ["Bus", "Diagnostics", "Wire", "Peers", "", "Contracts/*"],
        ["Wire/Sharded"] = ["Bus", "Diagnostics", "Bus/Cluster", "Wire", "Peers", "Bus/Publishing", "Wire/Classic", "", "Contracts/*"],
        ["Adapter"] = ["Bus", "Diagnostics", "Bus/Cluster", "Wire", "Peers", "Bus/Publishing", "", "Contracts/*"],
        ["Emitter"] = ["Bus", "Diagnostics", "Wire", "Peers", "Bus/Publishing", "", "Contracts/*"],

        // The public types: options choose a wire, and everything reads them.
        [""] =
        [
            "Bus", "Diagnostics", "Bus/Cluster", "Wire", "Peers", "Bus/Publishing", "Wire/Classic", "Wire/Sharded", "Adapter", "Emitter",
                "Contracts/*",
        ],
    };

    private static readonly Dictionary<string, string[]> Server = new(StringComparer.Ordinal)
    {
        ["Engine"] = ["Contracts/*"],
        ["Engine/Http"] = ["Engine", "Contracts/*"],
        ["Engine/Errors"] = ["Engine", "Engine/Http", "Contracts/*"],
        ["Engine/WebSockets"] = ["Engine", "Contracts/*"],
        ["Engine/Sessions"] = ["Engine", "Engine/Http", "Engine/Errors", "Engine/WebSockets", "Contracts/*"],
        ["Engine/Endpoints"] =
            ["Engine", "Engine/Http", "Engine/Errors", "Engine/WebSockets", "Engine/Sessions", "Contracts/*"],
        ["Users"] = ["Contracts/*"],
        ["Handlers"] = ["Engine", "", "Contracts/*"],
        ["Namespaces/Identity"] = ["Engine/Http", "", "Contracts/*"],
        ["Namespaces/Events"] = ["Engine", "Engine/Sessions", "Handlers", "Users", "Namespaces/Identity", "", "Contracts/*"],
        ["Namespaces/Handlers"] = ["Engine", "Handlers", "Namespaces/Identity", "Namespaces/Events", "", "Contracts/*"],
        ["Namespaces/Sockets"] =
            ["Engine", "Engine/Http", "Engine/Sessions", "Users", "Namespaces/Identity", "Namespaces/Events", "", "Contracts/*"],
        ["Namespaces/Recovery"] =
            ["Engine", "Engine/Http", "Engine/Sessions", "Users", "Namespaces/Events", "Namespaces/Sockets", "", "Contracts/*"],
        ["Namespaces/Connections"] =
        [
            "Engine", "Engine/Http", "Engine/Sessions", "Handlers", "Users", "Namespaces/Identity", "Namespaces/Events",
            "Namespaces/Handlers", "Namespaces/Sockets", "Namespaces/Recovery", "", "Contracts/*",
        ],
        ["Hosting"] =
        [
            "Engine", "Engine/Http", "Engine/Endpoints", "Users", "Namespaces/Identity", "Namespaces/Events", "Namespaces/Handlers",
            "Namespaces/Connections", "", "Contracts/*",
        ],
        ["Identity"] = ["Namespaces/Identity", "Namespaces/Handlers", "", "Contracts/*"],

        // The public types: the server creates its namespaces, and everything reads the options.
        [""] =
        [
            "Engine", "Engine/Http", "Engine/Sessions", "Engine/Endpoints", "Handlers", "Users", "Namespaces/Identity",
            "Namespaces/Events", "Namespaces/Handlers", "Namespaces/Sockets", "Namespaces/Recovery", "Namespaces/Connections", "Hosting",
            "Identity", "Contracts/*",
        ],
    };

    private static readonly Dictionary<string, string[]> Testing = new(StringComparer.Ordinal)
    {
        ["Recording"] = ["Contracts/*"],
        ["Clients"] = ["Contracts/*"],
        ["Adapters"] = ["Contracts/*", "Runtime/*"],
        [""] = ["Recording", "Clients", "Adapters", "Contracts/*", "Runtime/*", "AspNetCore/*"],
    };

    public static TheoryData<string> Projects => ["Contracts", "Runtime", "AspNetCore", "Testing"];

    private static Dictionary<string, string[]> Layers(string project) => project switch
    {
        "Contracts" => Contracts,
        "Runtime" => Runtime,
        "Testing" => Testing,
        _ => Server,
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void Layers_are_listed_from_the_lowest_to_the_highest(string project)
    {
        var layers = Layers(project);
        var order = layers.Keys.ToList();
        Assert.Empty(
            from layer in layers
            from lower in layer.Value
            where lower is not "" && !lower.EndsWith("/*", StringComparison.Ordinal) && order.IndexOf(lower) is var index
                && (index < 0 || index >= order.IndexOf(layer.Key))
            select $"{layer.Key} -> {lower}");
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Runtime")]
    [InlineData("AspNetCore")]
    [InlineData("Testing")]
    public void No_folder_has_more_files_than_the_maximum(string project) => Assert.Empty(
        from file in SourceTree.Files($"src/{project}")
        group file by Path.GetDirectoryName(file) into folder
        where folder.Count() > MaxFiles
        select $"{folder.Key}: {folder.Count()} files");

    [Fact]
    public void Contracts_refer_only_to_the_layers_below_and_never_to_Redis() => AssertLayers("src/Contracts", Contracts, []);

    [Fact]
    public void Runtime_folders_refer_only_to_the_layers_below() => AssertLayers("src/Runtime", Runtime, SourceTree.Files("src/Contracts"));

    [Fact]
    public void Server_folders_refer_only_to_the_layers_below_and_never_to_Redis() => AssertLayers(
        "src/AspNetCore", Server, [.. SourceTree.Files("src/Contracts"), .. SourceTree.Files("src/Runtime")]);

    [Fact]
    public void Testing_folders_refer_only_to_the_layers_below() => AssertLayers("src/Testing", Testing,
        [.. SourceTree.Files("src/Contracts"), .. SourceTree.Files("src/Runtime"), .. SourceTree.Files("src/AspNetCore")]);

    [Fact]
    public void Generator_models_and_emitters_do_not_use_compiler_types()
    {
        string[] symbols = ["ISymbol", "INamedTypeSymbol", "ITypeSymbol", "IMethodSymbol", "IParameterSymbol", "IPropertySymbol",
            "SemanticModel", "SyntaxNode", "Compilation"];
        var offenders =
            from file in SourceTree.Files("src/Generator")
            where file.Contains("/Model/", StringComparison.Ordinal) || file.Contains("/Emitting/", StringComparison.Ordinal)
            from name in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
                .OfType<IdentifierNameSyntax>()
            where symbols.Contains(name.Identifier.Text)
            select $"{file}: {name.Identifier.Text}";
        Assert.Empty(offenders);
    }

    private static void AssertLayers(string project, Dictionary<string, string[]> allowed, IReadOnlyList<string> others)
    {
        var files = SourceTree.Files(project);
        var compilation = Compilations.Of(files.Concat(others));
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
                    if (to != from && !allowed[from].Any(layer => Covers(layer, to)))
                        offenders.Add($"{tree.FilePath} refers to {target.SyntaxTree.FilePath} ({name.Identifier.Text})");
                }
            }
        }

        Assert.Empty(offenders);
    }

    [Fact]
    public void Four_projects_are_packages()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => !File.ReadAllText(file).Contains("<IsPackable>false</IsPackable>", StringComparison.Ordinal));
        Assert.Equal(["TypedSocketRedis", "TypedSocketRedis.AspNetCore", "TypedSocketRedis.Contracts", "TypedSocketRedis.Testing"],
            projects.Select(Path.GetFileNameWithoutExtension).Order());
    }

    /// <summary>Returns the folder of a file below its project, with the project in front if it is another one.</summary>
    /// <remarks>Seen from src/Runtime, <c>src/Runtime/Bus/IRedisBus.cs</c> is in <c>Bus</c>, and
    /// <c>src/Contracts/Protocol/Limits.cs</c> in <c>Contracts/Protocol</c>.</remarks>
    private static string Layer(string file, string project)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        return folder == project ? "" : folder.StartsWith(project + "/", StringComparison.Ordinal) ? folder[(project.Length + 1)..]
            : folder["src/".Length..];
    }

    /// <summary>Returns <c>true</c> if an entry is a folder, or <c>Project/*</c> for all folders of another project.</summary>
    private static bool Covers(string entry, string folder) => entry.EndsWith("/*", StringComparison.Ordinal)
        ? folder == entry[..^2] || folder.StartsWith(entry[..^1], StringComparison.Ordinal)
        : folder == entry;
}
