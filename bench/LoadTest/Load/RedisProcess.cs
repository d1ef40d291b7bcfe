using System.Diagnostics;
using StackExchange.Redis;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>A redis-server of the measurement's own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private Process _process;

    private RedisProcess(int port, Process process) => (Port, _process) = (port, process);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public int Id => _process.Id;

    /// <summary>User and system time so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<RedisProcess> StartAsync()
    {
        var port = ServerProcess.FreePort();
        return new RedisProcess(port, await StartAsync(port));
    }

    public async Task RestartAsync() => _process = await StartAsync(Port);

    public async Task StopAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A connection for what the measurement itself asks of Redis.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Address + ",allowAdmin=true");

    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<Process> StartAsync(int port)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept", StringComparison.Ordinal) != false) ready.TrySetResult();
        };
        process.BeginOutputReadLine();
        await ready.Task;
        return process;
    }
}
