namespace TypedSocketRedis.Tests;

/// <summary>The Clock sample as started by a user, on two free ports.</summary>
internal sealed class ClockProcess : IAsyncDisposable
{
    private ClockProcess(int[] ports, string[] options, Dictionary<string, string> environment)
    {
        Ports = ports;
        Process = ChildProcess.Start(Tools.Dotnet, [Tools.Clock, "--ports", string.Join(',', ports), .. options], environment);
    }

    public int[] Ports { get; }

    public ChildProcess Process { get; }

    public string Url(int node) => $"http://localhost:{Ports[node]}/";

    public static ClockProcess Start(params string[] options) => new([FreePort.Next(), FreePort.Next()], options, []);

    /// <summary>Starts the Clock as on a machine where npm has never been installed.</summary>
    /// <param name="cache">An empty folder in place of the user's cache.</param>
    public static ClockProcess StartWithoutNpm(string cache) => new(
        [FreePort.Next(), FreePort.Next()], [], new Dictionary<string, string> { ["PATH"] = cache, ["XDG_DATA_HOME"] = cache });

    public static ClockProcess StartOn(int[] ports, params string[] options) => new(ports, options, []);

    /// <summary>Waits until both nodes have shown a tick on the console.</summary>
    public async Task TicksAsync()
    {
        await Task.WhenAll(Ports.Select(port => Patience.UntilAsync(
            () => Task.FromResult(Process.Output.Any(line => line.TrimStart().StartsWith($"{port} ", StringComparison.Ordinal))),
            $"node {port} shows a tick on\n{Process}")));
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
