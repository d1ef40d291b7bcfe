using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Many simultaneous connections, of which nothing is left after they have ended.</summary>
public class CrowdTests
{
    [Fact]
    public async Task Websockets_aborted_at_any_time_leave_nothing_behind()
    {
        await using var attacked = await Attacked.StartAsync();
        var upgrade = RawClient.Upgrade("EIO=4&transport=websocket");
        byte[][] messages =
        [
            [], RawClient.Frame(0x81, "40"u8.ToArray()), RawClient.Frame(0x81, "4"u8.ToArray(), announce: 1000),
            [.. RawClient.Frame(0x81, "40"u8.ToArray()), .. RawClient.Frame(0x81, "42[\"message\",1]"u8.ToArray())],
        ];
        var attack = Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            using var raw = RawClient.Connect(attacked.Server);
            await raw.WriteAsync(i % 4 == 3 ? upgrade[..(i % upgrade.Length)] : upgrade);
            if (i % 2 == 0) await raw.HeadAsync();
            await raw.FloodAsync(messages[i / 4 % messages.Length], 1);
        }));
        await attacked.AssertServedDuringAsync(attack);
        await attack;
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task Sessions_that_never_poll_leave_nothing_behind()
    {
        var time = new FakeTimeProvider();
        await using var attacked = await Attacked.StartAsync(options => options.PingTimeout = TimeSpan.FromSeconds(5), time: time);
        using var closed = new Counts(attacked.Server, "typedsocketredis.server.connections.closed");
        for (var i = 0; i < 500; i++)
        {
            using var client = await PollingClient.OpenAsync(attacked.Server);
            if (i % 10 == 0) await attacked.AssertServedAsync();
        }

        // The bystander responds to pings; the other clients do not.
        while (closed.Times < 500)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await attacked.AssertServedAsync();
        }

        Assert.All(closed.Tags("reason"), reason => Assert.Equal("ping timeout", reason));
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task Clients_beyond_the_session_limit_are_refused_and_leave_nothing_behind()
    {
        await using var attacked = await Attacked.StartAsync(options => options.MaxSessions = 20);
        using var refused = new Counts(attacked.Server, "typedsocketredis.server.connections.refused");
        List<PollingClient> inside = [];
        for (var i = 0; i < 19; i++) inside.Add(await PollingClient.OpenAsync(attacked.Server));
        for (var i = 0; i < 100; i++)
        {
            using var raw = RawClient.Connect(attacked.Server);
            await raw.WriteAsync("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.Equal("503", (await raw.RespondAsync()).Status);
        }

        Assert.Equal(100, refused.Times);
        foreach (var client in inside)
        {
            await client.PostAsync("1");
            client.Dispose();
        }

        await attacked.AssertUnaffectedAsync();
        using var welcome = await PollingClient.OpenAsync(attacked.Server);
    }
}
