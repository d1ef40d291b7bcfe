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
        return app;
    }
}
