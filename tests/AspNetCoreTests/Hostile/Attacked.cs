using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>A server under attack, and a client beside the attackers that must not notice.</summary>
internal sealed class Attacked : IAsyncDisposable
{
    private readonly LogEntries _log;
    private readonly Counts _connections;
    private readonly WsClient? _text;
    private readonly MessagePackClient? _binary;
    private int _asked;

    private Attacked(TestServer server, LogEntries log, Counts connections, WsClient? text, MessagePackClient? binary)
    {
        (Server, _log, _connections, _text, _binary) = (server, log, connections, text, binary);
        Malformed = new Counts(server, "typedsocketredis.server.malformed");
    }

    public TestServer Server { get; }

    /// <summary>What attackers did wrong.</summary>
    public Counts Malformed { get; }

    /// <summary>Starts a server whose clients get back what they send as <c>message</c>.</summary>
    public static async Task<Attacked> StartAsync(Action<SocketIOOptions>? configure = null, Action<SocketIOServer>? map = null, TimeProvider? time = null)
    {
        var log = new LogEntries();
        var server = await TestServer.StartAsync(
            configure,
            time,
            map: io =>
            {
                map?.Invoke(io);
                io.Of("/").On("message", (socket, arguments) => socket.Client().EmitAsync("message-back", arguments).AsTask());
            },
            services: services => services.AddLogging(logging => logging.AddProvider(log)));
        var connections = new Counts(server, "typedsocketredis.server.connections");
        return server.Server.Options.Parser == SocketIOParser.MessagePack
            ? new Attacked(server, log, connections, null, await MessagePackClient.ConnectAsync(server))
            : new Attacked(server, log, connections, await WsClient.ConnectAsync(server), null);
    }

    /// <summary>The bystander is served, as fast as its patience wants.</summary>
    public async Task ServesAsync()
    {
        _asked++;
        await (_text?.SendAsync($"42[\"message\",{_asked}]") ?? _binary!.SendAsync($$"""{"type":2,"nsp":"/","data":["message",{{_asked}}]}"""));
        string answer;
        while ((answer = await (_text?.TextAsync() ?? _binary!.NextAsync())) == "2") await _text!.SendAsync("3");
        Assert.Equal(_text is not null ? $"42[\"message-back\",{_asked}]" : $$"""{"type":2,"data":["message-back",{{_asked}}],"nsp":"/"}""", answer);
    }

    /// <summary>The bystander is served again and again while an attack goes on; one that the server does not read any more is left alone.</summary>
    public async Task ServesBesideAsync(Task attack)
    {
        for (var i = 0; i < 100 && !attack.IsCompleted; i++) await ServesAsync();
        await ServesAsync();
        if (attack.IsCompleted) await attack;
    }

    /// <summary>The bystander is served, the attackers have left nothing behind, and nothing went wrong by the server's own account.</summary>
    public async Task UnnoticedAsync()
    {
        do await ServesAsync(); while (_connections.Sum != 1 || Server.Server.Of("/").Sockets.Count != 1);
        Assert.Empty(_log.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        _text?.Dispose();
        _binary?.Dispose();
        Malformed.Dispose();
        _connections.Dispose();
        await Server.DisposeAsync();
    }
}
