namespace TypedSocketRedis.Tests;

/// <summary>A Node server and a server of ours on one Redis, each with a client in room <c>a</c>.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly JsClients _clients = new();

    public required NodePeer Node { get; init; }

    public required DotnetServer Ours { get; init; }

    /// <summary>The client of the Node server.</summary>
    public JsSocket There { get; private set; } = null!;

    public string ThereId { get; private set; } = "";

    /// <summary>The client of our server.</summary>
    public JsSocket Here { get; private set; } = null!;

    public string HereId { get; private set; } = "";

    public IEmitter<IMainEvents> Main => Ours.Sender.Main;

    public IEmitter<AnyEvents> Untyped => Ours.Io.Of("/");

    /// <param name="redis">The Redis server.</param>
    /// <param name="specific"><c>true</c> if both servers send responses on a channel of the requesting server.</param>
    /// <param name="requestsTimeout">The time for which our server waits for the Node server, or null for 20 seconds.</param>
    public static async Task<Cluster> StartAsync(RedisServer redis, bool specific = false, TimeSpan? requestsTimeout = null)
    {
        var cluster = new Cluster
        {
            Node = await NodePeer.StartAsync(redis, specific ? """{"publishOnSpecificResponseChannel":true}""" : "{}"),
            Ours = await DotnetServer.StartAsync(redis, adapter: options =>
            {
                options.PublishOnSpecificResponseChannel = specific;
                options.RequestsTimeout = requestsTimeout ?? TimeSpan.FromSeconds(20);
            }),
        };
        (cluster.There, cluster.ThereId) = await cluster.ConnectAsync(cluster.Node.Url);
        (cluster.Here, cluster.HereId) = await cluster.ConnectAsync(cluster.Ours.Url);
        await Patience.UntilAsync(async () => await cluster.Ours.Io.Of("/")
            .ServerCountAsync(TestContext.Current.CancellationToken) == 2, "both servers are counted");
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        await Ours.DisposeAsync();
        await Node.DisposeAsync();
    }

    private async Task<(JsSocket Socket, string Id)> ConnectAsync(string url)
    {
        var (socket, id) = await _clients.ConnectWithIdAsync(url);
        await socket.JoinAsync("a");
        return (socket, id);
    }
}
