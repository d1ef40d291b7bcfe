using System.Net;
using System.Net.Http.Json;

namespace TypedSocketRedis.Tests;

/// <summary>Two nodes of the Chat sample on one Redis, behind the Yarp sample, each as a process.</summary>
public sealed class ChatCluster : IAsyncLifetime
{
    private readonly RedisServer _redis = new();
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string> _urls = new(StringComparer.Ordinal)
    {
        ["a"] = $"http://127.0.0.1:{FreePort.Next()}",
        ["b"] = $"http://127.0.0.1:{FreePort.Next()}",
    };

    private readonly Dictionary<string, ChildProcess> _nodes = new(StringComparer.Ordinal);
    private ChildProcess? _proxy;

    /// <summary>The address of the proxy.</summary>
    public string Url { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public string UrlOf(string node) => _urls[node];

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        await Task.WhenAll(StartAsync("a"), StartAsync("b"));
        const string destinations = "--ReverseProxy:Clusters:chat:Destinations";
        _proxy = ChildProcess.Start(
            Tools.Dotnet, Tools.Yarp, "--urls", Url, $"{destinations}:a:Address={_urls["a"]}", $"{destinations}:b:Address={_urls["b"]}");
        await _proxy.LineAsync("Now listening on");
    }

    /// <summary>Starts a node, and waits until it has subscribed.</summary>
    public async Task StartAsync(string node)
    {
        var process = _nodes[node] = ChildProcess.Start(
            Tools.Dotnet, Tools.Chat, "--urls", _urls[node], "--node", node, "--redis", _redis.Address);
        await process.LineAsync("Now listening on");
        await Patience.UntilAsync(
            async () => (await _http.GetAsync($"{_urls[node]}/health")).StatusCode == HttpStatusCode.OK, $"node {node} is healthy");
    }

    public ValueTask KillAsync(string node) => _nodes[node].DisposeAsync();

    /// <summary>Returns the token of a user, from one of the nodes.</summary>
    public async Task<string> LoginAsync(string name)
    {
        using var response = await _http.PostAsJsonAsync($"{Url}/login", new { name });
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        await _redis.DisposeAsync();
        _http.Dispose();
    }
}
