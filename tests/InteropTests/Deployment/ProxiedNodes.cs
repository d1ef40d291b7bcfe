namespace TypedSocketRedis.Tests.Deployment;

/// <summary>Two nodes on one Redis behind a proxy, each as a process.</summary>
/// <remarks>The configuration is a file of the folder <c>deploy</c> or of a sample, in which only the ports are replaced.</remarks>
public abstract class ProxiedNodes : IAsyncLifetime
{
    private const string ClientsPort = "5200";

    private readonly RedisServer _redis = new();
    private readonly int _port = FreePort.Next();
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal) { ["a"] = FreePort.Next(), ["b"] = FreePort.Next() };
    private readonly Dictionary<string, ConformanceProcess> _nodes = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-proxy");
    private ChildProcess? _proxy;

    /// <summary>The address of the proxy.</summary>
    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>The folder of the proxy's files, which is deleted at the end.</summary>
    protected string Folder => _folder.FullName;

    public ConformanceProcess Node(string name) => _nodes[name];

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        await Task.WhenAll(StartAsync("a"), StartAsync("b"));
        await StartProxyAsync();
    }

    /// <summary>Starts a node, and waits until it is healthy.</summary>
    public async Task StartAsync(string name)
    {
        var node = await ConformanceProcess.StartOnAsync(
            _ports[name], name, "--adapter", "redis", "--redis", _redis.Address, "--name-in-session-ids", "true");
        lock (_nodes) _nodes[name] = node;
    }

    /// <summary>Waits until no client of an earlier test is connected.</summary>
    public Task EmptyAsync() => Patience.UntilAsync(
        async () => await CountAsync("a") + await CountAsync("b") == 0, "the clients of an earlier test are disconnected");

    /// <summary>Sends an event with a number from a node to all clients of both nodes.</summary>
    public Task TickAsync(string node, int number) => Node(node).DoAsync("emit", $$"""{"event":"tick","args":[{{number}}]}""");

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        await _redis.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the files of the proxy.</summary>
    /// <returns>The program and its arguments.</returns>
    protected abstract (string Program, string[] Arguments) Prepare();

    /// <summary>Returns the text of a file of the repository with the ports of this cluster.</summary>
    protected string Configuration(string file)
    {
        var text = File.ReadAllText(Path.Combine(Tools.Repository, file));
        foreach (var (from, to) in new[] { (ClientsPort, _port), ("5201", _ports["a"]), ("5202", _ports["b"]) })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, $"{to}", StringComparison.Ordinal);
        }

        return text;
    }

    private async Task<int> CountAsync(string node) => (await Node(node).DoAsync("sockets"))!.AsArray().Count;

    private async Task StartProxyAsync()
    {
        var (program, arguments) = Prepare();
        _proxy = ChildProcess.Start(program, arguments);
        using var http = new HttpClient();
        await Patience.UntilAsync(IsReadyAsync, $"the proxy serves clients:\n{_proxy}");

        async Task<bool> IsReadyAsync()
        {
            if (_proxy.HasExited) throw new InvalidOperationException($"The proxy ended:\n{_proxy}");
            try
            {
                using var response = await http.GetAsync($"{Url}/health", TestContext.Current.CancellationToken);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
