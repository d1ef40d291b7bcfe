using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace TypedSocketRedis.Tests;

/// <summary>A Node server with sharded pub/sub on one Redis or on a cluster.</summary>
internal sealed class NodeShardedServer : IAsyncDisposable
{
    private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();
    private readonly NodeProgram _program;

    private NodeShardedServer(string addresses, string options) => _program = new NodeProgram(
        value => _notes.Writer.TryWrite(value.GetProperty("note").GetRawText()), "sharded.mjs", addresses, options);

    /// <summary>The address to which clients connect.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server, and waits until it listens, possibly before it has subscribed to the others.</summary>
    /// <param name="addresses">The addresses of Redis, separated by commas.</param>
    /// <param name="mode">The subscription mode, as named by Node.</param>
    /// <param name="prefix">The prefix of its channels.</param>
    public static async Task<NodeShardedServer> StartAsync(string addresses, string mode, string prefix)
    {
        var server = new NodeShardedServer(addresses, $$"""{"subscriptionMode":"{{mode}}","channelPrefix":"{{prefix}}"}""");
        server.Url = $"http://127.0.0.1:{await server.DoAsync("port", "{}")}";
        return server;
    }

    /// <summary>Executes a command and returns its result as JSON.</summary>
    public async Task<string> DoAsync(string op, string command) =>
        (await _program.DoAsync(op, JsonNode.Parse(command)!.AsObject())).GetRawText();

    /// <summary>Returns the arguments of the next <c>note</c> from another process, as JSON.</summary>
    public Task<string> NoteAsync() => Patience.ForAsync(_notes.Reader.ReadAsync().AsTask(), () => "a note for the Node server");

    /// <summary>Freezes or resumes the process.</summary>
    public void Freeze(bool frozen) => _program.Signal(frozen ? "STOP" : "CONT");

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
