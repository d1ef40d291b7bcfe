using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>A server under test, in a separate process.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(string kind, int port, Process process) => (Kind, Port, _process) = (kind, port, process);

    public string Kind { get; }

    public int Port { get; }

    /// <summary>The user and system time so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The physical memory used by the process, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Triggers a garbage collection of the server.</summary>
    /// <returns>The size of its heap afterwards, in bytes.</returns>
    public async Task<long> CollectAsync()
    {
        using var http = new HttpClient();
        return long.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/collect")), CultureInfo.InvariantCulture);
    }

    /// <summary>Starts a server and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string kind)
    {
        var port = FreePort.Next();
        var start = kind == "node"
            ? new ProcessStartInfo("node", ["--expose-gc", Path.Combine(AppContext.BaseDirectory, "node", "server.mjs"), $"{port}"])
            : new ProcessStartInfo(Environment.ProcessPath!, [.. HostArguments(), "--serve", kind, $"{port}"]);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {start.FileName}.");
        var server = new ServerProcess(kind, port, process);
        while (!await server.IsListeningAsync())
        {
            if (process.HasExited) throw new InvalidOperationException($"The server \"{kind}\" ended with exit code {process.ExitCode}.");
            await Task.Delay(50);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Under `dotnet LoadTest.dll` the process is dotnet itself and needs the assembly's path first.
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "LoadTest.dll")]
            : [];

    private async Task<bool> IsListeningAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
