using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A redis-server process on a free port, stopped on disposal. Tests fail if redis-server is not installed.</summary>
public sealed class RedisServerProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private Process? _process;

    public int Port { get; } = FreePort.Next();

    /// <summary>Gets the port of the cluster bus, for a node of a cluster.</summary>
    public int ClusterPort { get; } = FreePort.Next();

    public string Configuration => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Gets a value indicating whether the process was started and not stopped. A paused process is running.</summary>
    public bool IsRunning => _process is not null;

    public async ValueTask InitializeAsync()
    {
        Start();
        using var client = await ConnectAsync();
    }

    /// <summary>Starts the process without a wait for its first reply.</summary>
    public void Start(params string[] more)
    {
        string[] arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly",
            "no", "--daemonize", "no", .. more];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("redis-server did not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>Returns a connection as soon as the server replies.</summary>
    public async Task<ConnectionMultiplexer> ConnectAsync()
    {
        // After a refused first attempt the client library waits for seconds.
        var started = Stopwatch.StartNew();
        await ListensAsync();
        while (true)
        {
            try
            {
                return await ConnectionMultiplexer.ConnectAsync(Configuration + ",allowAdmin=true");
            }
            catch (RedisConnectionException) when (started.Elapsed < StartTimeout)
            {
                Assert.False(_process!.HasExited, "redis-server exited immediately.");
            }
        }
    }

    private async Task ListensAsync()
    {
        using var limit = new CancellationTokenSource(StartTimeout);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                Assert.False(_process!.HasExited, "redis-server exited immediately.");
                await pause.WaitForNextTickAsync(limit.Token);
            }
        }
    }

    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Suspends the process: its connections stay open without replies.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Resumes the process.</summary>
    public void Resume() => Signal("CONT");

    public async ValueTask DisposeAsync() => await StopAsync();

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
