using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The start of the host, its endpoints beside Socket.IO, and its shutdown.</summary>
public sealed class LifetimeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Unknown_options_are_ignored_and_unknown_paths_are_not_found()
    {
        await using var host = await ConformanceProcess.StartAsync("--unknown", "option", "--ping-interval", "1234");

        Assert.Equal("a", (string?)(await host.DoAsync("info"))!["name"]);
        Assert.Contains("\"pingInterval\":1234", (await new RawEngine(host, "/socket.io/").GetAsync("EIO=4&transport=polling")).Body,
            StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/other", "/engine.io/", "/health/more" })
            Assert.Equal(HttpStatusCode.NotFound, (await new RawEngine(host, path).GetAsync("EIO=4&transport=polling")).Status);
        Assert.Equal(HttpStatusCode.OK, (await new RawEngine(host, "/health").GetAsync("")).Status);
    }

    [Fact]
    public async Task An_incomplete_request_does_not_delay_the_shutdown()
    {
        await using var host = await ConformanceProcess.StartAsync();
        using var half = new TcpClient();
        await half.ConnectAsync(IPAddress.Loopback, host.Port, TestContext.Current.CancellationToken);
        await half.GetStream()
            .WriteAsync("GET /socket.io/?EIO=4 HTTP/1.1\r\nHost: a\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await host.DoAsync("info");

        Assert.Equal(0, await host.EndAsync(Limit));
    }

    [Fact]
    public async Task Open_websockets_and_polls_do_not_delay_the_shutdown()
    {
        await using var host = await ConformanceProcess.StartAsync("--engine-echo", "true");
        var engine = new RawEngine(host, "/socket.io/");
        var echo = new RawEngine(host, "/engine.io/");
        using var socket = await engine.JoinSocketAsync();
        using var bare = await echo.ConnectAsync("EIO=4&transport=websocket");
        await bare.NextAsync();
        var polls = new[] { engine.GetAsync(await engine.JoinAsync()), echo.GetAsync(await echo.OpenAsync()) };
        await Patience.UntilAsync(async () => (await host.DoAsync("sockets"))!.AsArray().Count == 2, "both clients are connected");

        var ending = Stopwatch.StartNew();
        Assert.Equal(0, await host.EndAsync(Limit));

        Assert.InRange(ending.Elapsed, TimeSpan.Zero, Limit);
        await socket.EndAsync();
        await bare.EndAsync();
        foreach (var poll in polls) Assert.Equal(HttpStatusCode.OK, (await poll).Status);
    }
}
