using System.Diagnostics;
using StackExchange.Redis;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>A separate redis-server process for a measurement.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private Process _process;

    private RedisProcess(int port, Process process) => (Port, _process) = (port, process);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public int Id => _process.Id;

    /// <summary>The user and system time so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<RedisProcess> StartAsync(params string[] more)
    {
        var port = FreePort.Next();
        return new RedisProcess(port, await StartAsync(port, more));
    }

    public async Task RestartAsync() => _process = await StartAsync(Port, []);

    /// <summary>Sends a signal, for example <c>STOP</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Opens a connection for the commands of the measurement itself.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Address + ",allowAdmin=true");

    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<Process> StartAsync(int port, string[] more)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(
            new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. more])
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
