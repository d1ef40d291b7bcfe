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

    /// <summary>Where clients connect.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server; completes when it listens, and perhaps before it hears the others.</summary>
    /// <param name="addresses">Of Redis, comma separated.</param>
    /// <param name="mode">The subscription mode, as Node has it.</param>
    /// <param name="prefix">The start of its channels.</param>
    public static async Task<NodeShardedServer> StartAsync(string addresses, string mode, string prefix)
    {
        var server = new NodeShardedServer(addresses, $$"""{"subscriptionMode":"{{mode}}","channelPrefix":"{{prefix}}"}""");
        server.Url = $"http://127.0.0.1:{await server.DoAsync("port", "{}")}";
        return server;
    }

    /// <summary>Has a command carried out; its result as JSON.</summary>
    public async Task<string> DoAsync(string op, string command) => (await _program.DoAsync(op, JsonNode.Parse(command)!.AsObject())).GetRawText();

    /// <summary>The arguments of the next <c>note</c> that another process sent it, as JSON.</summary>
    public Task<string> NoteAsync() => Patience.ForAsync(_notes.Reader.ReadAsync().AsTask(), () => "a note for the Node server");

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
