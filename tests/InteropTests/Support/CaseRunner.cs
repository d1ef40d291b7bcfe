using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(TypedSocketRedis.Tests.CaseRunner))]

namespace TypedSocketRedis.Tests;

/// <summary>A runner of cases that are written in JavaScript with the official clients, in one Node process.</summary>
public sealed class CaseRunner : IAsyncDisposable
{
    private readonly NodeProgram _program = new(null, "cases.mjs");

    /// <summary>Runs one case, and throws if it fails.</summary>
    /// <param name="file">The file, without its extension.</param>
    /// <param name="name">The case.</param>
    /// <param name="client">The client's version, transport and, if not the default one, parser: <c>4.8 websocket msgpack</c>.</param>
    /// <param name="limit">The largest message that the hosts accept, in bytes.</param>
    /// <param name="hosts">The hosts.</param>
    public async Task RunAsync(string file, string name, string client, int limit, params ConformanceProcess[] hosts) =>
        await _program.DoAsync("run", new JsonObject
    {
        ["file"] = file,
        ["name"] = name,
        ["client"] = client,
        ["limit"] = limit,
        ["urls"] = new JsonArray([.. hosts.Select(host => JsonValue.Create(host.Url))]),
    });

    public Task RunAsync(string file, string name, string client, params ConformanceProcess[] hosts) =>
        RunAsync(file, name, client, 1_000_000, hosts);

    /// <summary>Returns the names of a file's cases, as loaded by JavaScript.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string file) =>
        [.. (await _program.DoAsync("names", new JsonObject { ["file"] = file })).EnumerateArray().Select(name => name.GetString()!)];

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
