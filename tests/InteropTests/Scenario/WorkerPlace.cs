using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>
/// A Node server and a server of ours on one Redis or on a cluster, each with a client in room <c>a</c>, and a worker without a server.
/// </summary>
internal sealed class WorkerPlace : IAsyncDisposable
{
    private readonly JsClients _clients = new();
    private readonly IAsyncDisposable _node;
    private readonly ConnectionMultiplexer _connection;
    private readonly Func<string, string, Task<string>> _do;
    private readonly Action<bool> _freeze;

    private WorkerPlace(NodePeer node, DotnetServer ours, ConnectionMultiplexer connection, RedisEmitter worker)
    {
        (_node, Ours, _connection, Worker) = (node, ours, connection, worker);
        (_do, _freeze) = (node.DoAsync, node.Freeze);
    }

    private WorkerPlace(NodeShardedServer node, DotnetServer ours, ConnectionMultiplexer connection, RedisEmitter worker)
    {
        (_node, Ours, _connection, Worker) = (node, ours, connection, worker);
        (_do, _freeze) = (node.DoAsync, node.Freeze);
    }

    public DotnetServer Ours { get; }

    public RedisEmitter Worker { get; }

    /// <summary>The client of the Node server.</summary>
    public JsSocket There { get; private set; } = null!;

    public string ThereId { get; private set; } = "";

    /// <summary>The client of our server.</summary>
    public JsSocket Here { get; private set; } = null!;

    public string HereId { get; private set; } = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="addresses">The addresses of Redis, separated by commas.</param>
    /// <param name="isSharded">The kind of the adapters.</param>
    /// <param name="timeout">The time for which the worker waits for responses, or null for 20 seconds.</param>
    /// <param name="isSpecific"><c>true</c> if classic servers respond on a channel of the worker.</param>
    public static async Task<WorkerPlace> StartAsync(
        string addresses, bool isSharded, TimeSpan? timeout = null, bool isSpecific = false)
    {
        var key = $"worker-{Guid.NewGuid():N}";
        var connection = await ConnectionMultiplexer.ConnectAsync(addresses);
        var worker = new RedisEmitter(connection, new RedisEmitterOptions
        {
            Key = key,
            Sharded = isSharded ? new ShardedEmitterOptions() : null,
            RequestsTimeout = timeout ?? TimeSpan.FromSeconds(20),
        });
        var ours = await DotnetServer.StartAsync(addresses, 0, null,
            options => (options.Key, options.PublishOnSpecificResponseChannel) = (key, isSpecific),
            isSharded ? options => options.ChannelPrefix = key : null);
        ours.Io.Of("/").OnServerEvent("name?",
            arguments => Task.FromResult(SocketArguments.FromJson($$"""[{"name":"dotnet","first":{{arguments[0].ToJson()}}}]""")));
        if (isSharded)
        {
            var node = await NodeShardedServer.StartAsync(addresses, "dynamic", key);
            return await new WorkerPlace(node, ours, connection, worker).ConnectAsync(node.Url);
        }

        var options = $$"""{"key":"{{key}}","publishOnSpecificResponseChannel":{{(isSpecific ? "true" : "false")}}}""";
        var peer = await NodePeer.StartAsync(addresses, options);
        return await new WorkerPlace(peer, ours, connection, worker).ConnectAsync(peer.Url);
    }

    /// <summary>Executes a command of the Node server, and returns its result as JSON.</summary>
    public Task<string> NodeAsync(string op, string command) => _do(op, command);

    /// <summary>Freezes or resumes the Node server.</summary>
    public void Freeze(bool frozen) => _freeze(frozen);

    /// <summary>Returns the number of servers that each server counts.</summary>
    public async Task<(int Ours, string Node)> CountsAsync() =>
        (await Ours.Io.Of("/").ServerCountAsync(Token), await _do("count", "{}"));

    /// <summary>Returns the channels with subscriptions of the worker's kind on all servers of Redis.</summary>
    public async Task<string[]> ChannelsAsync()
    {
        var channels = await Task.WhenAll(_connection.GetServers().SelectMany(server => new[] { "CHANNELS", "SHARDCHANNELS" }
            .Select(kind => server.ExecuteAsync("PUBSUB", kind))));
        return [.. channels.SelectMany(reply => (string[])reply!).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await _clients.DisposeAsync();
        await Ours.DisposeAsync();
        await _node.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<WorkerPlace> ConnectAsync(string nodeUrl)
    {
        (There, ThereId) = await _clients.ConnectWithIdAsync(nodeUrl);
        await There.JoinAsync("a");
        (Here, HereId) = await _clients.ConnectWithIdAsync(Ours.Url);
        await Here.JoinAsync("a");
        await Patience.UntilAsync(async () => await CountsAsync() == (2, "2"), "both servers are counted");
        return this;
    }
}
