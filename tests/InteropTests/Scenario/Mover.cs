using System.Text.Json;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>An origin of commands that move sockets: one of the two servers, or an emitter of .NET or Node.</summary>
internal sealed class Mover : IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly ConnectionMultiplexer? _connection;
    private readonly IEmitter<AnyEvents>? _chain;
    private readonly string _via;

    private Mover(Cluster cluster, ConnectionMultiplexer? connection, IEmitter<AnyEvents>? chain, string via) =>
        (_cluster, _connection, _chain, _via) = (cluster, connection, chain, via);

    public static async Task<Mover> CreateAsync(RedisServer redis, Cluster cluster, string origin)
    {
        if (origin == "ours") return new Mover(cluster, null, cluster.Untyped, "");
        if (origin is "node" or "node's emitter") return new Mover(cluster, null, null, origin == "node" ? "" : "emitter");
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        return new Mover(cluster, connection, new RedisEmitter(connection).Of("/"), "");
    }

    public Task JoinAsync(string room, string except, params string[] join) => _chain is { } chain
        ? Target(chain, room, except).JoinAsync(join).AsTask()
        : DoAsync("join", room, except, $"\"join\":{JsonSerializer.Serialize(join)}");

    public Task LeaveAsync(string room, string except, params string[] leave) => _chain is { } chain
        ? Target(chain, room, except).LeaveAsync(leave).AsTask()
        : DoAsync("leave", room, except, $"\"leave\":{JsonSerializer.Serialize(leave)}");

    public Task DisconnectAsync(string room, bool close) => _chain is { } chain
        ? chain.To(room).DisconnectAsync(close).AsTask()
        : DoAsync("disconnect", room, "", close ? "\"close\":true" : "\"close\":false");

    public Task EmitAsync(string room, string text) => _chain is { } chain
        ? chain.To(room).EmitAsync("text", text).AsTask()
        : DoAsync("emit", room, "", $"\"event\":\"text\",\"args\":[\"{text}\"]");

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private static IBroadcast<AnyEvents> Target(IEmitter<AnyEvents> chain, string room, string except) =>
        except.Length == 0 ? chain.To(room) : chain.To(room).Except(except);

    private async Task DoAsync(string op, string room, string except, string more)
    {
        var rooms = except.Length == 0 ? "[]" : $"[\"{except}\"]";
        await _cluster.Node.DoAsync(op, $$"""{"via":"{{_via}}","rooms":["{{room}}"],"except":{{rooms}},{{more}}}""");

        // A Node server moves its own sockets when it receives its own request; a later request is received after it.
        if (op != "disconnect") await _cluster.Node.DoAsync("fetch", "{}");
    }
}
