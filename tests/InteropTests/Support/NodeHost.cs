using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests;

/// <summary>A Node server on Redis, or the official emitter, which has no address.</summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly NodeProgram _program;

    private NodeHost(NodeProgram program) => _program = program;

    /// <summary>The address to which clients connect.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server, and waits until it has subscribed on Redis and listens.</summary>
    public static async Task<NodeHost> StartServerAsync(RedisServer redis)
    {
        var host = new NodeHost(new NodeProgram(null, "server.mjs", $"{redis.Port}", "/", "/desk"));
        host.Url = $"http://127.0.0.1:{(await host._program.DoAsync("port")).GetInt32()}";
        return host;
    }

    public static NodeHost StartEmitter(RedisServer redis) => new(new NodeProgram(null, "emitter.mjs", $"{redis.Port}"));

    public async Task HoldConversationAsync()
    {
        foreach (var step in Conversation.Steps) await EmitAsync(step);
    }

    public Task EmitAsync(Step step) => _program.DoAsync("emit", new JsonObject
    {
        ["nsp"] = step.Namespace,
        ["rooms"] = new JsonArray([.. step.Rooms.Select(room => JsonValue.Create(room))]),
        ["except"] = new JsonArray([.. step.Except.Select(room => JsonValue.Create(room))]),
        ["event"] = step.Event,
        ["args"] = JsonNode.Parse(step.Arguments),
    });

    /// <summary>Emits <c>burst[sender, 0 … count-1]</c> back to back.</summary>
    public Task BurstAsync(string sender, int count) =>
        _program.DoAsync("burst", new JsonObject { ["event"] = "burst", ["sender"] = sender, ["count"] = count });

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
