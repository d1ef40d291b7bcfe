using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace TypedSocketRedis.Tests;

/// <summary>A Node server of a cluster whose sockets and servers are looked after by commands.</summary>
public sealed class NodePeer : IAsyncDisposable
{
    private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();
    private readonly NodeProgram _program;

    private NodePeer(RedisServer redis, string options) => _program = new NodeProgram(
        value => _notes.Writer.TryWrite(value.GetProperty("note").GetRawText()), "peer.mjs", $"{redis.Port}", options);

    /// <summary>Where clients connect.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server; completes when it is on Redis and listens.</summary>
    /// <param name="redis">The Redis.</param>
    /// <param name="options">The options of its adapter, as JSON.</param>
    public static async Task<NodePeer> StartAsync(RedisServer redis, string options = "{}")
    {
        var peer = new NodePeer(redis, options);
        peer.Url = $"http://127.0.0.1:{await peer.DoAsync("port", "{}")}";
        return peer;
    }

    /// <summary>Has a command carried out; its result as JSON.</summary>
    public async Task<string> DoAsync(string op, string command) => (await AskAsync(op, command)).GetRawText();

    /// <summary>Has a command carried out.</summary>
    public Task<JsonElement> AskAsync(string op, string command) => _program.DoAsync(op, JsonNode.Parse(command)!.AsObject());

    /// <summary>The arguments of the next <c>note</c> that another server sent it, as JSON.</summary>
    public Task<string> NoteAsync() => Patience.ForAsync(_notes.Reader.ReadAsync().AsTask(), () => "a note for the Node server");

    /// <summary>Freezes the process, or lets it go on.</summary>
    public void Freeze(bool frozen) => _program.Signal(frozen ? "STOP" : "CONT");

    /// <summary>Ends the process without a word, frozen or not.</summary>
    public void Kill() => _program.Signal("KILL");

    public async ValueTask DisposeAsync()
    {
        Freeze(false);
        await _program.DisposeAsync();
    }
}
