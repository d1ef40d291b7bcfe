using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace TypedSocketRedis.Tests;

/// <summary>A Node server of a cluster that executes commands on its sockets and servers.</summary>
public sealed class NodePeer : IAsyncDisposable
{
    private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();
    private readonly NodeProgram _program;

    private NodePeer(string addresses, string options) => _program = new NodeProgram(
        value => _notes.Writer.TryWrite(value.GetProperty("note").GetRawText()), "peer.mjs", addresses, options);

    /// <summary>The address to which clients connect.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server, and waits until it has subscribed on Redis and listens.</summary>
    /// <param name="redis">The Redis server.</param>
    /// <param name="options">The options of its adapter, as JSON.</param>
    public static Task<NodePeer> StartAsync(RedisServer redis, string options = "{}") => StartAsync(redis.Address, options);

    /// <summary>Starts a server, and waits until it has subscribed on Redis and listens.</summary>
    /// <param name="addresses">The addresses of Redis, separated by commas.</param>
    /// <param name="options">The options of its adapter, as JSON.</param>
    public static async Task<NodePeer> StartAsync(string addresses, string options)
    {
        var peer = new NodePeer(addresses, options);
        peer.Url = $"http://127.0.0.1:{await peer.DoAsync("port", "{}")}";
        return peer;
    }

    /// <summary>Executes a command and returns its result as JSON.</summary>
    public async Task<string> DoAsync(string op, string command) => (await AskAsync(op, command)).GetRawText();

    /// <summary>Executes a command and returns its result.</summary>
    public Task<JsonElement> AskAsync(string op, string command) => _program.DoAsync(op, JsonNode.Parse(command)!.AsObject());

    /// <summary>Returns the arguments of the next <c>note</c> from another server, as JSON.</summary>
    public Task<string> NoteAsync() => Patience.ForAsync(_notes.Reader.ReadAsync().AsTask(), () => "a note for the Node server");

    /// <summary>Freezes or resumes the process.</summary>
    public void Freeze(bool frozen) => _program.Signal(frozen ? "STOP" : "CONT");

    /// <summary>Kills the process, frozen or not.</summary>
    public void Kill() => _program.Signal("KILL");

    public async ValueTask DisposeAsync()
    {
        Freeze(false);
        await _program.DisposeAsync();
    }
}
