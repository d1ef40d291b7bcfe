using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace TypedSocketRedis.ConformanceHost.Control;

/// <summary>The implementation of a command; its result is that of the response.</summary>
internal delegate Task<JsonNode?> Operation(Command command);

/// <summary>The operations of the control path, by their names.</summary>
internal sealed class Operations
{
    private const string TimedOut = "operation has timed out";

    private readonly SocketIOServer _io;
    private readonly RedisEmitter? _emitter;

    public Operations(SocketIOServer io, RedisEmitter? emitter, ProgramOptions options, HostLog log)
    {
        (_io, _emitter) = (io, emitter);
        All = new Dictionary<string, Operation>(StringComparer.Ordinal)
        {
            ["info"] = _ => Done(Info(options)),
            ["log"] = _ => Done(log.Read()),
            ["reset-log"] = _ => { log.Reset(); return Done(); },
            ["sockets"] = command => Done(Sockets(command)),
            ["emit"] = Emit,
            ["emit-with-ack"] = command => GatherAsync(Timed(command).EmitWithAck(command.Event, command.Arguments)),
            ["fetch-sockets"] = FetchSocketsAsync,
            ["remote-emit-with-ack"] = RemoteEmitWithAckAsync,
            ["sockets-join"] = command => SendAsync(Target(command).JoinAsync(command.Rooms("join"))),
            ["sockets-leave"] = command => SendAsync(Target(command).LeaveAsync(command.Rooms("leave"))),
            ["disconnect-sockets"] = command => SendAsync(Target(command).DisconnectAsync(command.Close)),
            ["all-rooms"] = async command => Texts((await _io.Of(command.Namespace).AllRoomsAsync()).ThrowIfIncomplete()),
            ["server-count"] = async command => await _io.Of(command.Namespace).ServerCountAsync(),
            ["server-side-emit"] = command => { Servers(command).Emit(command.Event, command.Arguments); return Done(); },
            ["server-side-emit-with-ack"] = command =>
                GatherAsync(_io.Of(command.Namespace).Servers().EmitWithAck(command.Event, command.Arguments)),
        };
    }

    public IReadOnlyDictionary<string, Operation> All { get; }

    private static JsonObject Info(ProgramOptions options) => new()
    {
        ["name"] = options.Name,
        ["kind"] = "dotnet",
        ["pid"] = Environment.ProcessId,
        ["adapter"] = options.Adapter,
    };

    private JsonArray Sockets(Command command) => new([.. _io.Of(command.Namespace).Sockets.Select(socket => new JsonObject
    {
        ["id"] = socket.Id.ToString(),
        ["rooms"] = Texts(socket.Rooms),
        ["data"] = Marked.Write(socket.Data),
    })]);

    private Task<JsonNode?> Emit(Command command)
    {
        Target(command).Emit(command.Event, command.Arguments);
        return Done();
    }

    private async Task<JsonNode?> FetchSocketsAsync(Command command)
    {
        var found = await Target(command).FetchSocketsAsync();
        return new JsonArray([.. found.ThrowIfIncomplete().Select(socket => new JsonObject
        {
            ["id"] = socket.Id.ToString(),
            ["rooms"] = Texts(socket.Rooms),
            ["data"] = Marked.Write(socket.Data),
            ["handshake"] = Marked.Write(socket.Handshake.ToArgument()),
        })]);
    }

    private async Task<JsonNode?> RemoteEmitWithAckAsync(Command command)
    {
        var found = await _io.Of(command.Namespace).To(command.Id).FetchSocketsAsync();
        var client = found.Single().Client<AnyEvents>();
        if (command.Timeout is { } timeout) client = client.WithTimeout(timeout);
        try
        {
            var response = await client.EmitWithAckAsync(command.Event, command.Arguments);
            return new JsonObject { ["error"] = null, ["response"] = response.Count == 0 ? null : Marked.Write(response[0]) };
        }
        catch (AckException exception)
        {
            return new JsonObject { ["error"] = exception.Message, ["response"] = null };
        }
    }

    /// <summary>Returns the received acknowledgements, with an error if some are missing.</summary>
    private static async Task<JsonNode?> GatherAsync(Acks<SocketArgument> acks)
    {
        var result = await acks.ToResultAsync();
        return new JsonObject
        {
            ["error"] = result.IsComplete ? null : TimedOut,
            ["responses"] = new JsonArray([.. result.Results.Select(Marked.Write)]),
        };
    }

    private RedisEmitter Emitter => _emitter ?? throw new InvalidOperationException("Without Redis there is no emitter.");

    private IBroadcast<AnyEvents> Target(Command command) =>
        command.Select(command.ViaEmitter ? Emitter.Of(command.Namespace) : _io.Of(command.Namespace));

    private IServers<AnyEvents> Servers(Command command) =>
        command.ViaEmitter ? Emitter.Servers(command.Namespace) : _io.Of(command.Namespace).Servers();

    private IBroadcast<AnyEvents> Timed(Command command) =>
        command.Timeout is { } timeout ? Target(command).WithTimeout(timeout) : Target(command);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static Task<JsonNode?> Done(JsonNode? result = null) => Task.FromResult(result);

    /// <summary>Starts an operation that has no response on the official server: it changes the sockets of this node immediately, and those
    /// of other nodes when Redis has received it.</summary>
    private static Task<JsonNode?> SendAsync(ValueTask work)
    {
        var sent = work.AsTask();

        // An error of the command itself is known immediately; an unavailable Redis is not a failure of the command.
        if (sent is { IsFaulted: true, Exception.InnerException: not (RedisException or TimeoutException) }) return Failed(sent);
        _ = sent.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return Done();
    }

    private static async Task<JsonNode?> Failed(Task sent)
    {
        await sent;
        return null;
    }
}
