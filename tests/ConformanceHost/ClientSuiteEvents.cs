using System.Diagnostics;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The namespaces and events of the server that socket.io-client's own tests use, instead of those of this program.</summary>
internal static class ClientSuiteEvents
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10.5);

    private const string Doge = "asdfasdf";

    private static readonly string[] Texts = ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"];

    /// <summary>Admits every client after a delay, on which the client's tests of its timeouts rely.</summary>
    public static async ValueTask<RequestAdmission> AdmitLateAsync(HttpContext context)
    {
        // Timers can fire early by a part of their resolution.
        var start = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(start) < Delay) await pause.WaitForNextTickAsync(context.RequestAborted);
        return RequestAdmission.Allow;
    }

    public static void AddTo(SocketIOServer io)
    {
        var main = io.Of("/");
        main.Use(socket => socket.Handshake.Query.GetValueOrDefault("fail") is { Length: > 0 }
            ? throw new SocketEventException("Auth failed (main namespace)")
            : Task.CompletedTask);
        AddSimple(main);
        AddDates(main);
        AddBytes(main);
        main.OnConnected(AddSequencesAsync);

        io.Of("/foo").On("getId", GetId);
        foreach (var path in new[] { "/timeout_socket", "/valid", "/asd" }) io.Of(path);
        io.Of("/abc").OnConnected(socket => socket.Client<AnyEvents>().EmitAsync("handshake", socket.Handshake.ToArgument()).AsTask());
        io.Of("/no").Use(_ => throw new SocketEventException("Auth failed (custom namespace)"));
    }

    private static Task<SocketArguments> GetId(ISocket socket, SocketArguments arguments) =>
        Task.FromResult(SocketArguments.Of(socket.Id.ToString()));

    private static void AddSimple(ISocketNamespace<AnyEvents> main)
    {
        main.On("hi", (socket, _) => EmitAsync(socket, "hi"));
        main.On("echo", (_, arguments) => Task.FromResult(arguments[..1]));
        main.On("ack", (socket, _) => AskAsync(socket));
        main.On("false", (socket, _) => EmitAsync(socket, "false", false));
        main.On("getId", GetId);
        main.On("getHandshake", (socket, _) => Task.FromResult(SocketArguments.Of(socket.Handshake.ToArgument())));
        main.On("getUtf8", async (socket, _) =>
        {
            foreach (var text in Texts) await EmitAsync(socket, "takeUtf8", text);
        });
    }

    private static void AddDates(ISocketNamespace<AnyEvents> main)
    {
        main.On("getAckDate", (_, _) => Task.FromResult(SocketArguments.Of(DateTime.UtcNow)));
        main.On("getDate", (socket, _) => EmitAsync(socket, "takeDate", DateTime.UtcNow));
        main.On("getDateObj",
            (socket, _) => EmitAsync(socket, "takeDateObj", Marked.Of(new Dictionary<string, object?> { ["date"] = DateTime.UtcNow })));
    }

    private static void AddBytes(ISocketNamespace<AnyEvents> main)
    {
        main.On("doge", (socket, _) => EmitAsync(socket, "doge", DogeBytes()));
        main.On("getbin", (socket, _) => EmitAsync(socket, "takebin", DogeBytes()));
        foreach (var (name, answer) in new[] { ("buffa", "buffack"), ("blob", "back") })
            main.On(name, (socket, arguments) => IsBytes(arguments) ? EmitAsync(socket, answer) : Task.CompletedTask);
        foreach (var name in new[] { "jsonbuff", "jsonblob" })
            main.On(name, (socket, arguments) => IsGreeting(arguments[0].GetValue()) ? EmitAsync(socket, $"{name}-ack")
                : Task.CompletedTask);
    }

    /// <summary>Adds the events that must arrive in order, for each socket separately.</summary>
    private static Task AddSequencesAsync(ISocket socket)
    {
        var buffers = 0;
        socket.On("abuff1", arguments => Expect(ref buffers, 0, IsBytes(arguments)));
        socket.On("abuff2", _ => buffers == 1 ? EmitAsync(socket, "abuff2-ack") : Task.CompletedTask);

        var blobs = 0;
        socket.On("blob1", arguments => Expect(ref blobs, 0, IsBytes(arguments)));
        socket.On("blob2", arguments => Expect(ref blobs, 1, arguments[0].GetValue() is "second"));
        socket.On("blob3", arguments => blobs == 2 && IsBytes(arguments) ? EmitAsync(socket, "blob3-ack") : Task.CompletedTask);
        return Task.CompletedTask;
    }

    private static Task Expect(ref int steps, int done, bool isRight)
    {
        if (steps == done && isRight) steps++;
        return Task.CompletedTask;
    }

    private static async Task AskAsync(ISocket socket)
    {
        try
        {
            var answer = (await socket.Client<AnyEvents>().EmitWithAckAsync("ack")).GetValues();
            if (answer is [5L, Dictionary<string, object?> map, ..] && map.GetValueOrDefault("test") is true)
                await EmitAsync(socket, "got it");
        }
        catch (AckException)
        {
            // The client has disconnected or sent no acknowledgement.
        }
    }

    private static Task EmitAsync(ISocket socket, string name, params ReadOnlySpan<SocketArgument> arguments) =>
        socket.Client<AnyEvents>().EmitAsync(name, arguments).AsTask();

    private static byte[] DogeBytes() => System.Text.Encoding.UTF8.GetBytes(Doge);

    private static bool IsBytes(SocketArguments arguments) => arguments[0].Kind == ArgumentKind.Bytes;

    private static bool IsGreeting(object? value) => value is Dictionary<string, object?> map
        && map.GetValueOrDefault("hello") is "lol" && map.GetValueOrDefault("message") is byte[]
            && map.GetValueOrDefault("goodbye") is "gotcha";
}
