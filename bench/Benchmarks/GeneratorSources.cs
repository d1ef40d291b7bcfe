using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSocketRedis.Benchmarks;

/// <summary>A large project: contracts with five events each, and payload types that contain each other.</summary>
internal static class GeneratorSources
{
    private const int Contracts = 100;
    private const int PayloadsPerContract = 10;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name is "netstandard.dll" or "mscorlib.dll" or "TypedSocketRedis.Contracts.dll"
                    || name.StartsWith("MessagePack", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Returns the sources: for each contract one file and one file of payload types, and one file that is edited.</summary>
    public static SyntaxTree[] Parse() =>
    [
        .. Enumerable.Range(0, Contracts)
            .SelectMany(i => new[] { File(Contract(i), $"I{i}Events.cs"), File(Payloads(i), $"Payloads{i}.cs") }),
        Unrelated(0),
    ];

    /// <summary>Returns a version of the file without contracts.</summary>
    public static SyntaxTree Unrelated(int version) =>
        File($"namespace Shop; public static class Unrelated {{ public static int Version() => {version}; }}", "Unrelated.cs");

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> files) => CSharpCompilation.Create("Shop", files, References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(params ISourceGenerator[] generators) =>
        CSharpGeneratorDriver.Create(generators, parseOptions: ParseOptions);

    private static SyntaxTree File(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path, Encoding.UTF8);

    private static string Contract(int contract)
    {
        var code = new StringBuilder(
            "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using TypedSocketRedis;\n")
            .Append("namespace Shop;\n")
            .Append(CultureInfo.InvariantCulture,
                $"/// <summary>Contract {contract}.</summary>\n[SocketEvents(\"/shop{contract}\")] public interface I{contract}Events\n{{\n");
        for (var e = 0; e < PayloadsPerContract / 2; e++)
        {
            code.Append(CultureInfo.InvariantCulture,
                $"    /// <summary>Event {e}.</summary>\n    Task Changed{e}(Payload{contract}_{e * 2} first, List<Payload{contract}_{(e * 2) + 1}> second, int count, CancellationToken cancellationToken);\n");
        }

        return code.Append("}\n").ToString();
    }

    private static string Payloads(int contract)
    {
        var code = new StringBuilder("using System; using System.Collections.Generic;\nnamespace Shop;\n");
        for (var p = 0; p < PayloadsPerContract; p++)
        {
            var inner = p + 1 < PayloadsPerContract ? $"Payload{contract}_{p + 1}?" : "string?";
            code.Append(CultureInfo.InvariantCulture,
                $"/// <summary>Payload {p}.</summary>\npublic sealed record Payload{contract}_{p}(int Id, string Name, DateTime At, double? Value, Guid Key, {inner} Inner)\n")
                .Append("{\n    public string? Note { get; init; }\n    public decimal[] Prices { get; init; } = [];\n}\n");
        }

        return code.ToString();
    }
}
