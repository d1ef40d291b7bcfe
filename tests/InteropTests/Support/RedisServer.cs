namespace TypedSocketRedis.Tests;

/// <summary>A separate Redis server for a test class.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private ChildProcess? _process;

    public int Port { get; } = FreePort.Next();

    public string Address => $"127.0.0.1:{Port}";

    public async ValueTask InitializeAsync()
    {
        _process = ChildProcess.Start(Tools.Redis, "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        await _process.LineAsync("Ready to accept connections");
    }

    public async ValueTask DisposeAsync()
    {
        var process = _process;
        _process = null;
        if (process is not null) await process.DisposeAsync();
    }
}
