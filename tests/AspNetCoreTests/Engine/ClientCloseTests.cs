using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>A polling client that sends the close packet while its next poll is in flight.</summary>
public class ClientCloseTests
{
    [Fact]
    public async Task One_poll_gets_a_response_after_the_close_packet()
    {
        await using var server = await TestServer.StartAsync(time: new FakeTimeProvider());
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync("1");
        Assert.Equal("6", await client.PollAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }

    [Fact]
    public async Task A_poll_concurrent_with_the_close_packet_gets_200_and_the_next_poll_400()
    {
        await using var server = await TestServer.StartAsync(time: new FakeTimeProvider());
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            using var client = await PollingClient.OpenAsync(server);
            var poll = client.PollAsync();
            var post = client.PostAsync("1");
            Assert.Equal("6", await poll);
            await post;
            Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        });
        Assert.Empty(server.Server.Engine.Table.Sessions);
    }

    [Fact]
    public async Task Only_a_poll_gets_a_response_after_the_close_packet()
    {
        await using var server = await TestServer.StartAsync(time: new FakeTimeProvider());
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync("1");
        using var posted = await client.TryPostAsync("40");
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={client.Sid}"));
        Assert.StartsWith("HTTP/1.1 400", await raw.HeadAsync(), StringComparison.Ordinal);
        Assert.Equal("6", await client.PollAsync());
    }

    [Fact]
    public async Task A_closed_session_counts_toward_no_limit_and_is_removed_after_the_close_timeout()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(o => (o.MaxSessions, o.MaxSessionsPerAddress) = (1, 1), time);
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync("1");
        using var next = await PollingClient.ConnectAsync(server);
        time.Advance(DeadlineScheduler.CloseTimeout);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        Assert.Single(server.Server.Engine.Table.Sessions);
    }

    [Fact]
    public async Task The_number_of_closed_sessions_in_the_table_is_bounded()
    {
        await using var server = await TestServer.StartAsync(time: new FakeTimeProvider());
        for (var i = 0; i <= EngineSessionTable.MaxReleased; i++)
        {
            using var client = await PollingClient.OpenAsync(server);
            await client.PostAsync("1");
            if (i == EngineSessionTable.MaxReleased) Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        }

        Assert.Equal(EngineSessionTable.MaxReleased, server.Server.Engine.Table.Sessions.Count);
        using var open = await PollingClient.ConnectAsync(server);
        await open.PostAsync("42[\"message\"]");
    }

    [Fact]
    public async Task A_closed_session_does_not_delay_a_shutdown()
    {
        await using var server = await TestServer.StartAsync(time: new FakeTimeProvider());
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync("1");
        await server.StopAsync();
    }
}
