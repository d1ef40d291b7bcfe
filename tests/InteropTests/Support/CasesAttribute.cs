using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Sdk;
using Xunit.v3;

namespace TypedSocketRedis.Tests;

/// <summary>The cases of a JavaScript file, each for every client: the theory's parameters are the client and the case.</summary>
/// <param name="file">The file in the folder <c>node/cases</c>, without its extension.</param>
/// <param name="clients">The clients.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed partial class CasesAttribute(string file, params string[] clients) : DataAttribute
{
    public string File { get; } = file;

    public IReadOnlyList<string> Clients { get; } = clients;

    /// <summary>Returns the names of a file's cases, as written in its source.</summary>
    public static IReadOnlyList<string> Names(string file) =>
        [.. Case().Matches(System.IO.File.ReadAllText(Tools.Script($"cases/{file}.mjs"))).Select(match => match.Groups[1].Value)];

    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. from client in Clients from name in Names(File) select new TheoryDataRow(client, name)]);

    [GeneratedRegex("""^  async "(.+?)"\(""", RegexOptions.Multiline)]
    private static partial Regex Case();
}
