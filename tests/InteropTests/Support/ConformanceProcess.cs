using System.Net;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests;

/// <summary>The conformance host as a process, with the operations of its control path.</summary>
public sealed class ConformanceProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    // The tests can also run against the official server, which validates their expectations.
    private static readonly bool IsNode = Environment.GetEnvironmentVariable("CONFORMANCE_HOST") == "node";

    private readonly ChildProcess _process;

    private ConformanceProcess(int port, string name, string program, string script, string[] options)
    {
        (Port, Name) = (port, name);
        _process = ChildProcess.Start(program, [script, "--port", $"{port}", "--name", name, .. options]);
    }

    public int Port { get; }

    public string Name { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Starts a host on a free port, and waits until clients can connect.</summary>
    public static Task<ConformanceProcess> StartAsync(params string[] options) => StartOnAsync(FreePort.Next(), "a", options);

    /// <summary>Starts a host with a port and a name, and waits until clients can connect.</summary>
    public static Task<ConformanceProcess> StartOnAsync(int port, string name, params string[] options) => IsNode
        ? StartNodeAsync(port, name, options)
        : ReadyAsync(new ConformanceProcess(port, name, Tools.Dotnet, Tools.ConformanceHost, options));

    /// <summary>Starts the equivalent host on the official server.</summary>
    public static Task<ConformanceProcess> StartNodeAsync(int port, string name, params string[] options) =>
        ReadyAsync(new ConformanceProcess(port, name, Tools.Node, Tools.Script("host/main.mjs"), options));

    /// <summary>Executes an operation of the host.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="members">The other members of the command, as a JSON object.</param>
    /// <returns>The result.</returns>
    public async Task<JsonNode?> DoAsync(string op, string members = "{}")
    {
        var command = JsonNode.Parse(members)!.AsObject();
        command["op"] = op;
        var (status, body) = await PostAsync(command.ToJsonString());
        Assert.True(status == HttpStatusCode.OK, $"{op}: {status} {body}");
        return JsonNode.Parse(body)!["result"];
    }

    /// <summary>Sends a body to the control path unchanged.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string body)
    {
        using var content = new StringContent(body);
        using var response = await Http.PostAsync($"{Url}/control", content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Ends the process by the signal TERM, as a service manager does.</summary>
    /// <param name="limit">The timeout, or null for the default.</param>
    /// <returns>The exit code.</returns>
    public Task<int> EndAsync(TimeSpan? limit = null)
    {
        _process.Signal("TERM");
        return _process.ExitAsync(limit);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    public override string ToString() => _process.ToString();

    private static async Task<ConformanceProcess> ReadyAsync(ConformanceProcess host)
    {
        await Patience.UntilAsync(host.IsHealthyAsync, $"this is healthy:\n{host._process}");
        return host;
    }

    private async Task<bool> IsHealthyAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"The host ended:\n{_process}");
        try
        {
            using var response = await Http.GetAsync($"{Url}/health", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
