using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace TypedSocketRedis.Tests;

/// <summary>An official client and its received events, each as its name and its arguments, <c>text["hello",1]</c>.</summary>
public sealed class JsSocket
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly string _name;
    private readonly NodeProgram _program;

    internal JsSocket(string name, NodeProgram program) => (_name, _program) = (name, program);

    /// <summary>Sends an event; bytes are <c>{"$binary": base64}</c>.</summary>
    public Task EmitAsync(string name, string arguments) =>
        _program.DoAsync("emit", new JsonObject { ["name"] = _name, ["event"] = name, ["args"] = JsonNode.Parse(arguments) });

    /// <summary>Sends an event and returns its acknowledgement as JSON.</summary>
    public async Task<string> AskAsync(string name, string arguments) => (await _program.DoAsync(
        "ask", new JsonObject { ["name"] = _name, ["event"] = name, ["args"] = JsonNode.Parse(arguments) })).GetRawText();

    /// <summary>Acknowledges every further event of a name with the same arguments.</summary>
    public Task RespondAsync(string name, string arguments) =>
        _program.DoAsync("answer", new JsonObject { ["name"] = _name, ["event"] = name, ["args"] = JsonNode.Parse(arguments) });

    public async Task JoinAsync(params string[] rooms)
    {
        foreach (var room in rooms)
        {
            await EmitAsync("join", $"[\"{room}\"]");
            await NextAsync("joined");
        }
    }

    public async Task LeaveAsync(string room)
    {
        await EmitAsync("leave", $"[\"{room}\"]");
        await NextAsync("left");
    }

    public Task DisconnectAsync() => _program.DoAsync("disconnect", new JsonObject { ["name"] = _name });

    /// <summary>Returns the transport in use.</summary>
    public async Task<string?> TransportAsync() =>
        (await _program.DoAsync("transport", new JsonObject { ["name"] = _name })).GetString();

    /// <summary>Returns the next event of a name, and skips the others.</summary>
    public async Task<string> NextAsync(string name) => (await UntilAsync(name))[^1];

    /// <summary>Returns all events up to and including the next one of a name.</summary>
    public Task<List<string>> UntilAsync(string name)
    {
        List<string> received = [];
        return Patience.ForAsync(ReadAsync(), () => $"{name} at {_name}; it received {string.Join(' ', received)}");

        async Task<List<string>> ReadAsync()
        {
            await foreach (var next in _events.Reader.ReadAllAsync())
            {
                received.Add(next);
                if (next.StartsWith(name + "[", StringComparison.Ordinal)) return received;
            }

            throw new InvalidOperationException($"The client ended before {name}.");
        }
    }

    internal void Add(JsonElement value) =>
        _events.Writer.TryWrite(value.GetProperty("event").GetString() + value.GetProperty("args").GetRawText());
}
