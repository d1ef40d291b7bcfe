using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(TypedSocketRedis.Tests.CaseRunner))]

namespace TypedSocketRedis.Tests;

/// <summary>Runs cases that are written in JavaScript, with the official clients; one Node process for all of them.</summary>
public sealed class CaseRunner : IAsyncDisposable
{
    private readonly NodeProgram _program = new(null, "cases.mjs");

    /// <summary>Runs one case; its failure is the test's.</summary>
    /// <param name="file">The file, without its extension.</param>
    /// <param name="name">The case.</param>
    /// <param name="client">The client: <c>4.8 websocket</c>, its version, transport and, if it is not the usual one, parser.</param>
    /// <param name="limit">The largest message the hosts take, in bytes.</param>
    /// <param name="hosts">The hosts.</param>
    public async Task RunAsync(string file, string name, string client, int limit, params ConformanceProcess[] hosts) => await _program.DoAsync("run", new JsonObject
    {
        ["file"] = file,
        ["name"] = name,
        ["client"] = client,
        ["limit"] = limit,
        ["urls"] = new JsonArray([.. hosts.Select(host => JsonValue.Create(host.Url))]),
    });

    public Task RunAsync(string file, string name, string client, params ConformanceProcess[] hosts) => RunAsync(file, name, client, 1_000_000, hosts);

    /// <summary>The names of a file's cases, as JavaScript sees them.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string file) =>
        [.. (await _program.DoAsync("names", new JsonObject { ["file"] = file })).EnumerateArray().Select(name => name.GetString()!)];

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
