using System.Buffers.Binary;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The events that clients send, the same in every namespace.</summary>
internal sealed class ClientEvents(ProgramOptions options, HostLog log)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The events with their handlers, whose results are the acknowledgements. <c>ignore</c> is not among them: an event
    /// without a handler is never acknowledged.</summary>
    public IEnumerable<(string Name, Func<ISocket, SocketArguments, Task<SocketArguments>> Handler)> All =>
    [
        ("message", MessageAsync),
        ("message-with-ack", (_, arguments) => Task.FromResult(arguments)),
        ("whoami", (socket, _) => Task.FromResult(SocketArguments.Of(Marked.Of(WhoIs(socket))))),
        ("join", JoinAsync),
        ("leave", LeaveAsync),
        ("set-data", SetDataAsync),
        ("broadcast", BroadcastAsync),
        ("ask", AskAsync),
        ("burst", BurstAsync),
        ("disconnect-me", DisconnectAsync),
    ];

    /// <summary>Greets a client, recovered or not, and logs its disconnection.</summary>
    public async Task ConnectedAsync(ISocket socket)
    {
        socket.OnDisconnected(info =>
        {
            log.Add(socket, info.Reason);
            return Task.CompletedTask;
        });
        await socket.Client<AnyEvents>().EmitAsync("auth", socket.Handshake.Auth);
    }

    private static async Task<SocketArguments> MessageAsync(ISocket socket, SocketArguments arguments)
    {
        await socket.Client<AnyEvents>().EmitAsync("message-back", arguments);
        return default;
    }

    private Dictionary<string, object?> WhoIs(ISocket socket) => new()
    {
        ["host"] = options.Name,
        ["id"] = socket.Id.ToString(),
        ["nsp"] = socket.Namespace,
        ["recovered"] = socket.Recovered,
        ["rooms"] = socket.Rooms,
        ["data"] = socket.Data,
        ["transport"] = socket.Transport,
        ["handshake"] = socket.Handshake.ToArgument(),
    };

    private static async Task<SocketArguments> JoinAsync(ISocket socket, SocketArguments arguments)
    {
        var rooms = arguments[0].Kind == ArgumentKind.Array
            ? ((IEnumerable<object?>)arguments[0].GetValue()!).Cast<string>()
            : [arguments[0].GetString()];
        await socket.JoinAsync(rooms);
        return default;
    }

    private static async Task<SocketArguments> LeaveAsync(ISocket socket, SocketArguments arguments)
    {
        await socket.LeaveAsync(arguments[0].GetString());
        return default;
    }

    private static Task<SocketArguments> SetDataAsync(ISocket socket, SocketArguments arguments)
    {
        socket.Data = arguments[0];
        return Task.FromResult<SocketArguments>(default);
    }

    private static async Task<SocketArguments> BroadcastAsync(ISocket socket, SocketArguments arguments)
    {
        IBroadcast<AnyEvents> others = arguments[0].Kind == ArgumentKind.Null
            ? socket.Others<AnyEvents>()
            : socket.Others<AnyEvents>().To(arguments[0].GetString());
        await others.EmitAsync(arguments[1].GetString(), arguments[2..]);
        return default;
    }

    private static async Task<SocketArguments> AskAsync(ISocket socket, SocketArguments arguments)
    {
        string? error = null;
        IReadOnlyList<object?> response = [];
        try
        {
            response = (await socket.Client<AnyEvents>().WithTimeout(AskTimeout)
                .EmitWithAckAsync(arguments[0].GetString(), arguments[1..])).GetValues();
        }
        catch (AckException exception)
        {
            error = exception.Message;
        }

        return SocketArguments.Of(Marked.Of(new Dictionary<string, object?> { ["error"] = error, ["response"] = response }));
    }

    private static Task<SocketArguments> BurstAsync(ISocket socket, SocketArguments arguments)
    {
        var (name, count) = (arguments[0].GetString(), arguments[1].GetInt64());
        var isBinary = arguments.Count > 2 && arguments[2].Kind == ArgumentKind.Boolean && arguments[2].GetBoolean();
        var client = socket.Client<AnyEvents>();
        var bytes = new byte[sizeof(int)];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, i);
            if (isBinary) client.Emit(name, i, bytes);
            else client.Emit(name, i);
        }

        return Task.FromResult<SocketArguments>(default);
    }

    private static async Task<SocketArguments> DisconnectAsync(ISocket socket, SocketArguments arguments)
    {
        await socket.DisconnectAsync(arguments.Count > 0 && arguments[0].Kind == ArgumentKind.Boolean && arguments[0].GetBoolean());
        return default;
    }
}
