using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Tests.Analysis;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>
/// Wrong uses of the library, each of which the compiler, the generator or an analyzer reports. Each file in <c>Wrong</c> is compiled by
/// itself with <c>Contracts.cs</c>, and its first lines are the diagnostics that are expected: their ids and the starts of their messages.
/// </summary>
public sealed class WrongUseTests
{
    private const string Shared = "Contracts";

    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; "
        + "global using TypedSocketRedis;";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    public static TheoryData<string> Uses =>
        [.. Directory.GetFiles(Folder(), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != Shared).Order()];

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_wrong_use_is_reported_and_nothing_else(string use)
    {
        var text = Read(use);
        var expected = text.Split('\n').TakeWhile(line => line.StartsWith("// ", StringComparison.Ordinal))
            .Select(line => line[3..].Split(": ", 2)).ToArray();
        var found = (await DiagnosticsAsync(text)).OrderBy(d => d.Id, StringComparer.Ordinal).ToArray();

        Assert.Equal(expected.Select(e => e[0]), found.Select(d => d.Id));
        Assert.All(expected.Zip(found), pair =>
        {
            Assert.StartsWith(pair.First[1], pair.Second.GetMessage(null), StringComparison.Ordinal);
            Assert.Equal("Use.cs", pair.Second.Location.GetLineSpan().Path);
        });
    }

    [Fact]
    public async Task The_contracts_and_right_uses_of_them_are_not_reported() => Assert.Empty(await DiagnosticsAsync("""
        using Shop;
        public sealed class Orders(IEmitter<IOrderEvents> orders, IServers<IClusterEvents> servers, IEmitter<AnyEvents> any) : IOrderCommands
        {
            public async Task<int> Place(string article)
            {
                orders.To("clerks", "managers").Placed(article, 1);
                orders.ToUser("42").Opened();
                await orders.All.Closed();
                await servers.Reload(article);
                any.All.Emit("placed", article, 1, new byte[] { 1 });
                var acks = await orders.All.Approve(new(1, 2)).ToResultAsync();
                return acks.Results.Count;
            }
        }
        """));

    private static async Task<Diagnostic[]> DiagnosticsAsync(string text)
    {
        var compilation = CSharpCompilation.Create(
            "Consumer",
            [
                GeneratorHarness.File(Usings, "Usings.cs"), GeneratorHarness.File(Read(Shared), "Contracts.cs"),
                GeneratorHarness.File(text, "Use.cs"),
            ],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var token = TestContext.Current.CancellationToken;
        CSharpGeneratorDriver.Create(
                [new BroadcastGenerator().AsSourceGenerator(), new HandlerGenerator().AsSourceGenerator()],
                parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var generated, token);
        var compiled = whole.GetDiagnostics(token);
        var advice = await whole.WithAnalyzers(AnalyzerHarness.Analyzers, new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync(token);
        return
        [
            .. generated.Concat(compiled).Concat(advice)
                .Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not "CS1591" and not "CS1701"),
        ];
    }

    private static string Read(string use) => File.ReadAllText(Path.Combine(Folder(), use + ".cs")).ReplaceLineEndings("\n");

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Wrong");
}
