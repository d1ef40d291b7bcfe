using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Testing;

namespace TypedSocketRedis;

/// <summary>Servers in the test process, with clients that send commands to their handlers; thread-safe.</summary>
/// <remarks>
/// A client is connected over a WebSocket in memory and sends the bytes that an official client sends. Authentication, middlewares,
/// filters, handlers, acknowledgements and rooms run as in production.
/// </remarks>
/// <example><code>
/// await using var harness = await SocketHarness.StartAsync(io => io.AddHandler&lt;ChatHandler>());
/// var ada = await harness.ConnectAsync&lt;IChatCommands>(user);
/// int id = await ada.EmitAsync(c => c.Say("lobby", "hi"));
/// Assert.Equal(new ChatEvents.Said("Ada", "hi"), await ada.ReceiveAsync&lt;ChatEvents.Said>());
/// </code></example>
public sealed class SocketHarness : IAsyncDisposable
{
    private readonly SocketHarnessOptions _options;
    private readonly IReadOnlyList<WebApplication> _owned;
    private readonly ConcurrentBag<HarnessClient> _clients = [];

    internal SocketHarness(
        IReadOnlyList<IServiceProvider> nodes, SocketHarnessOptions options, IReadOnlyList<WebApplication>? owned = null) =>
        (Nodes, _options, _owned) = (nodes, options, owned ?? []);

    /// <summary>The services of each node, in order.</summary>
    public IReadOnlyList<IServiceProvider> Nodes { get; }

    /// <summary>The services of the first node, for example its <see cref="SocketIOServer"/>.</summary>
    public IServiceProvider Services => Nodes[0];

    /// <summary>Starts servers without an application around them.</summary>
    /// <param name="configure">The delegate that adds handlers and, to <c>Services</c> of the builder, what they need; called once for each
    /// node.</param>
    /// <param name="configureHarness">The delegate that changes the settings.</param>
    /// <param name="cancellationToken">The token that cancels the start.</param>
    /// <returns>The harness, which the test disposes.</returns>
    /// <exception cref="ArgumentNullException">The delegate is null.</exception>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static async Task<SocketHarness> StartAsync(
        Action<SocketIOBuilder> configure, Action<SocketHarnessOptions>? configureHarness = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SocketHarnessOptions();
        configureHarness?.Invoke(options);
        options.Cluster ??= new InMemoryCluster();
        options.Checked();
        var owned = new List<WebApplication>();
        try
        {
            while (owned.Count < options.Nodes)
            {
                owned.Add(Build(configure, options));
                await owned[^1].StartAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            foreach (var app in owned) await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new SocketHarness([.. owned.Select(app => app.Services)], options, owned);
    }

    /// <summary>Connects a client to the namespace of a contract.</summary>
    /// <typeparam name="TCommands">The contract of the commands that the client sends, or <see cref="AnyEvents"/>.</typeparam>
    /// <param name="user">The user of the request, as the authentication of the endpoint would find it; null for an anonymous client. A
    /// token is sent with <see cref="HarnessClientOptions.Auth"/>.</param>
    /// <param name="configure">The delegate that changes the settings of the client.</param>
    /// <param name="cancellationToken">The token that cancels the connection.</param>
    /// <returns>A task with the client, which completes when <c>OnConnectedAsync</c> and <c>OnConnected</c> of the handlers have completed,
    /// so that the client is in the rooms that these join. It completes earlier if an event that they sent awaits the acknowledgement of
    /// the client, or if the client is disconnected.</returns>
    /// <exception cref="SocketHarnessException">The server refused the client.</exception>
    /// <exception cref="InvalidOperationException">The type is not a contract of commands, or the application does not run on
    /// <see cref="TestServer"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    /// <exception cref="TimeoutException">The server did not respond in time, or the handlers of the connection did not
    /// complete.</exception>
    public async Task<HarnessClient<TCommands>> ConnectAsync<TCommands>(
        ClaimsPrincipal? user = null, Action<HarnessClientOptions>? configure = null, CancellationToken cancellationToken = default)
        where TCommands : class
    {
        if (Contract<TCommands>.Direction != ContractDirection.Commands && typeof(TCommands) != typeof(AnyEvents))
        {
            throw new InvalidOperationException(
                $"{typeof(TCommands)} is not a contract of commands; apply [SocketCommands] to the interface, or use AnyEvents.");
        }

        var options = new HarnessClientOptions();
        configure?.Invoke(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Node);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Node, Nodes.Count);
        var path = options.Namespace is { } named ? NamespacePath.Normalize(named) : Contract<TCommands>.Path;
        var node = Nodes[options.Node];
        var client = new HarnessClient<TCommands>(
            await OpenAsync(node, user, options, cancellationToken).ConfigureAwait(false), path, _options.Timeout);
        _clients.Add(client);
        await client.JoinAsync(options.Auth, cancellationToken).ConfigureAwait(false);
        await client.WaitForHandlersAsync(HandlersAsync(node, path, client.Id), cancellationToken).ConfigureAwait(false);
        return client;
    }

    /// <summary>Closes all clients, and stops the servers that <see cref="StartAsync"/> started.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync().ConfigureAwait(false);
        foreach (var app in _owned) await app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(Action<SocketIOBuilder> configure, SocketHarnessOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        configure(options.Server.Length == 0 ? builder.Services.AddSocketIO() : builder.Services.AddSocketIO(options.Server));
        builder.Services.AddSocketIOTestHarness(harness =>
            (harness.Time, harness.Cluster, harness.Server) = (options.Time, options.Cluster, options.Server));
        var app = builder.Build();
        app.MapSocketIO(options.Path, options.Server.Length == 0 ? null : options.Server);
        return app;
    }

    /// <summary>Returns a task that completes with the handlers of a connection: the work of the socket that precedes its events.</summary>
    private Task HandlersAsync(IServiceProvider node, string path, SocketId id)
    {
        var server = _options.Server.Length == 0
            ? node.GetRequiredService<SocketIOServer>() : node.GetRequiredKeyedService<SocketIOServer>(_options.Server);
        var sockets = server.Namespaces.All.FirstOrDefault(one => one.Path == path)?.Sockets ?? [];
        if (sockets.FirstOrDefault(one => one.Id == id) is not ServerSocket socket) return Task.CompletedTask;
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Enqueue(() =>
        {
            completed.SetResult();
            return Task.CompletedTask;
        });
        return completed.Task;
    }

    private async Task<HarnessConnection> OpenAsync(
        IServiceProvider node, ClaimsPrincipal? user, HarnessClientOptions options, CancellationToken cancellationToken)
    {
        var server = node.GetService<IServer>() as TestServer ?? throw new InvalidOperationException(
            "The application does not run on TestServer: use WebApplicationFactory, or call builder.WebHost.UseTestServer().");
        var client = server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            if (user is not null) request.HttpContext.User = user;
            options.Request?.Invoke(request);
        };
        var address = new UriBuilder(server.BaseAddress) { Scheme = "ws", Path = _options.Path, Query = "EIO=4&transport=websocket" }.Uri;
        var parser = node.GetRequiredService<IOptionsMonitor<SocketIOOptions>>().Get(_options.Server).Parser;
        return new HarnessConnection(
            await client.ConnectAsync(address, cancellationToken).ConfigureAwait(false),
            parser == SocketIOParser.MessagePack ? MessagePackPacketFormat.Instance : JsonPacketFormat.Default);
    }
}
