using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>A server under attack, with a bystander client that must not be affected.</summary>
internal sealed class Attacked : IAsyncDisposable
{
    private readonly LogEntries _log;
    private readonly Counts _connections;
    private readonly WsClient? _text;
    private readonly MessagePackClient? _binary;
    private int _requests;

    private Attacked(TestServer server, LogEntries log, Counts connections, WsClient? text, MessagePackClient? binary)
    {
        (Server, _log, _connections, _text, _binary) = (server, log, connections, text, binary);
        Malformed = new Counts(server, "typedsocketredis.server.malformed");
    }

    public TestServer Server { get; }

    /// <summary>The protocol violations of the attackers.</summary>
    public Counts Malformed { get; }

    /// <summary>Starts a server that echoes each <c>message</c> event to its client.</summary>
    public static async Task<Attacked> StartAsync(Action<SocketIOOptions>? configure = null, Action<SocketIOServer>? map = null,
        TimeProvider? time = null)
    {
        var log = new LogEntries();
        var server = await TestServer.StartAsync(
            configure,
            time,
            map: io =>
            {
                map?.Invoke(io);
                io.Of("/").On("message", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());
            },
            services: services => services.AddLogging(logging => logging.AddProvider(log)));
        var connections = new Counts(server, "typedsocketredis.server.connections");
        return server.Server.Options.Parser == SocketIOParser.MessagePack
            ? new Attacked(server, log, connections, null, await MessagePackClient.ConnectAsync(server))
            : new Attacked(server, log, connections, await WsClient.ConnectAsync(server), null);
    }

    /// <summary>Asserts that the bystander is served before its timeout.</summary>
    public async Task AssertServedAsync()
    {
        _requests++;
        await (_text?.SendAsync($"42[\"message\",{_requests}]")
            ?? _binary!.SendAsync($$"""{"type":2,"nsp":"/","data":["message",{{_requests}}]}"""));
        string answer;
        while ((answer = await (_text?.TextAsync() ?? _binary!.NextAsync())) == "2") await _text!.SendAsync("3");
        var expected = _text is not null
            ? $"42[\"message-back\",{_requests}]"
            : $$"""{"type":2,"data":["message-back",{{_requests}}],"nsp":"/"}""";
        Assert.Equal(expected, answer);
    }

    /// <summary>Asserts that the bystander is served repeatedly during an attack. A blocked attack is not awaited.</summary>
    public async Task AssertServedDuringAsync(Task attack)
    {
        for (var i = 0; i < 100 && !attack.IsCompleted; i++) await AssertServedAsync();
        await AssertServedAsync();
        if (attack.IsCompleted) await attack;
        else _ = attack.ContinueWith(ended => ended.Exception, TaskScheduler.Default); // it fails when its connection ends
    }

    /// <summary>Asserts that the bystander is served, that nothing of the attackers is left, and that the server logged no error.</summary>
    public async Task AssertUnaffectedAsync()
    {
        do await AssertServedAsync(); while (_connections.Sum != 1 || Server.Server.Of("/").Sockets.Count != 1);
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
