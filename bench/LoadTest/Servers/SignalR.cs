using Microsoft.AspNetCore.SignalR;

namespace TypedSocketRedis.LoadTest.Servers;

/// <summary>ASP.NET Core SignalR with its JSON protocol, one node, in memory.</summary>
internal static class SignalR
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR(o => o.ClientTimeoutInterval = TimeSpan.FromMinutes(10));
        var app = builder.Build();
        app.MapHub<LoadHub>("/hub");
        return app;
    }

    internal sealed class LoadHub : Hub
    {
        public Task Go(int number) => Clients.All.SendAsync("tick", number);
    }
}
