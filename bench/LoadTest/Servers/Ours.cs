namespace TypedSocketRedis.LoadTest.Servers;

/// <summary>The contract of the measurement.</summary>
[SocketEvents]
public interface ILoadEvents
{
    void Tick(int number);
}

/// <summary>TypedSocketRedis, one node, in memory.</summary>
internal static class Ours
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSocketIO();
        var app = builder.Build();
        app.MapSocketIO();
        var io = app.Services.GetRequiredService<SocketIOServer>();
        var all = io.Of<ILoadEvents>().All;
        io.Of("/").On("go", (_, arguments) =>
        {
            all.Tick((int)arguments[0].GetInt64());
            return Task.CompletedTask;
        });
        HandleJoins(io);
        return app;
    }

    /// <summary>Handles the event "join" of a client with the names of rooms.</summary>
    public static void HandleJoins(SocketIOServer io) => io.Of("/").On("join", async (socket, arguments) =>
    {
        await socket.JoinAsync([.. Enumerable.Range(0, arguments.Count).Select(i => arguments[i].GetString())]);
        return SocketArguments.FromJson("[]");
    });
}
