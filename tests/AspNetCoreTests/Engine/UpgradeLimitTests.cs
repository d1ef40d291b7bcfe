using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>A web server that has reached its limit of upgraded connections.</summary>
public class UpgradeLimitTests
{
    private const int Refused = 2013;

    [Fact]
    public async Task A_websocket_beyond_the_limit_of_the_web_server_gets_503_and_is_logged_once()
    {
        using var log = new LogEntries();
        await using var server = await TestServer.StartAsync(services: services => services
            .Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 1)
            .AddLogging(logging => logging.AddProvider(log)));
        using var reasons = new Counts(server, "typedsocketredis.server.connections.refused");
        using var open = new Counts(server, "typedsocketredis.server.connections");
        using var first = await WsClient.ConnectAsync(server);
        using var polling = await PollingClient.ConnectAsync(server);
        foreach (var sid in new[] { "", polling.Sid, "" })
        {
            using var raw = RawClient.Connect(server);
            await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={sid}"));
            Assert.Equal(("503", """{"code":4,"message":"Service unavailable"}"""), await raw.RespondAsync());
        }

        Assert.Equal(["upgrades", "upgrades", "upgrades"], reasons.Tags("reason"));
        Assert.Single(log.Of(Refused));
        Assert.Empty(log.Errors);
        while (open.Sum != 2) await Task.Yield();

        // The session that could not be upgraded keeps polling and can try again.
        await polling.PostAsync("6");
        await first.CloseAsync();
        while (open.Sum != 1) await Task.Yield();
        using var again = await WsClient.OpenAsync(server, polling.Sid);
        await again.SendAsync("2probe");
        Assert.Equal("3probe", await again.TextAsync());
    }
}
