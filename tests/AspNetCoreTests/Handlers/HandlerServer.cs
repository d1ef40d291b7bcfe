using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>A server with handlers, and the services that they use.</summary>
internal static class HandlerServer
{
    public static Task<TestServer> StartAsync(
        Trace trace,
        Action<SocketIOBuilder> configure,
        Action<SocketIOServer>? map = null,
        LogEntries? log = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? use = null) => TestServer.StartAsync(
            map: map,
            use: use,
            services: all =>
            {
                all.AddSingleton(trace).AddScoped<NoteUnit>();
                if (log is not null) all.AddSingleton<ILoggerProvider>(log);
                services?.Invoke(all);
                configure(all.AddSocketIO());
            });

    /// <summary>Sends an event with an acknowledgement and returns the acknowledgement's arguments; other packets are skipped.</summary>
    public static async Task<string> AckAsync(this SioClient client, string path, string json)
    {
        var place = path == "/" ? "" : $"{path},";
        await client.SendAsync($"42{place}1{json}");
        while (true)
        {
            var packet = await client.NextAsync();
            if (packet.StartsWith($"43{place}1", StringComparison.Ordinal)) return packet[$"43{place}1".Length..];
        }
    }
}
