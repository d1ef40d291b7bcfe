using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>A POST whose body is still arriving when its session ends: the server aborts it.</summary>
public class UnfinishedBodyTests
{
    private const string Announced = "Content-Length: 1000\r\n\r\n42[\"mess";
    private const string Chunked = "Transfer-Encoding: chunked\r\n\r\n8\r\n42[\"mess\r\n";

    [Theory]
    [InlineData(Announced)]
    [InlineData(Chunked)]
    public async Task A_post_ends_with_a_session_that_the_server_closes(string body)
    {
        await using var endings = await Posting.StartAsync(body);
        foreach (var socket in endings.Server.Server.Of("/").Sockets) await socket.DisconnectAsync(close: true, TestServer.Patience);
        Assert.Equal("41", await endings.Client.PollAsync());
        Assert.Equal("1", await endings.Client.PollAsync());
        await endings.AssertAbortedAsync();
    }

    [Fact]
    public async Task A_post_ends_with_a_session_that_times_out()
    {
        await using var endings = await Posting.StartAsync(Announced);
        while (endings.Closed.Tags("reason").Count == 0) endings.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["ping timeout"], endings.Closed.Tags("reason"));
        await endings.AssertAbortedAsync();
    }

    [Fact]
    public async Task A_post_ends_with_a_session_that_is_closed_for_parallel_posts()
    {
        await using var endings = await Posting.StartAsync(Announced);
        using var second = await endings.Client.TryPostAsync("42[\"message\"]");
        await endings.AssertAbortedAsync("parallel posts");
    }

    [Fact]
    public async Task A_post_that_delays_an_upgrade_beyond_the_timeout_ends_with_its_session()
    {
        await using var endings = await Posting.StartAsync(Announced);
        using var ws = RawClient.Connect(endings.Server);
        await ws.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={endings.Client.Sid}"));
        await ws.HeadAsync();
        await ws.WriteAsync(RawClient.Frame(0x81, "2probe"u8.ToArray()));
        Assert.Equal("3probe", Encoding.ASCII.GetString((await ws.FrameAsync()).Payload));
        await ws.WriteAsync(RawClient.Frame(0x81, "5"u8.ToArray()));
        await ws.WriteAsync(RawClient.Frame(0x81, "42[\"message\"]"u8.ToArray()));
        Assert.True(endings.Server.Server.Engine.Table.TryGet(endings.Client.Sid, out var session));
        while (session.Transport is not WebSocketTransport) await Task.Yield();
        endings.Time.Advance(new SocketIOOptions().UpgradeTimeout);
        Assert.Equal(1000, await ws.CloseCodeAsync());
        Assert.Equal(["transport error"], endings.Closed.Tags("reason"));
        await endings.AssertAbortedAsync();
    }

    [Fact]
    public async Task A_post_ends_with_an_upgraded_session()
    {
        await using var endings = await Posting.StartAsync(Announced);
        using var ws = RawClient.Connect(endings.Server);
        await ws.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={endings.Client.Sid}"));
        await ws.HeadAsync();
        await ws.WriteAsync(RawClient.Frame(0x81, "5"u8.ToArray()));
        foreach (var socket in endings.Server.Server.Of("/").Sockets) await socket.DisconnectAsync(close: true, TestServer.Patience);
        Assert.Equal("41", await ws.TextAsync());
        Assert.Equal(1000, await ws.CloseCodeAsync());
        endings.Time.Advance(DeadlineScheduler.CloseTimeout);
        await ws.EndAsync();
        await endings.AssertAbortedAsync();
    }

    [Fact]
    public async Task A_post_ends_with_the_server()
    {
        // The fake clock does not advance, so the shutdown timeout closes no connection.
        await using var endings = await Posting.StartAsync(Announced);
        var stopping = endings.Server.StopAsync();
        Assert.Equal("1", await endings.Client.PollAsync());
        await endings.AssertAbortedAsync();
        await stopping;
    }

    private sealed class Posting(TestServer server, FakeTimeProvider time, PollingClient client, RawClient post) : IAsyncDisposable
    {
        private readonly Counts _malformed = new(server, "typedsocketredis.server.malformed");

        public TestServer Server => server;

        public FakeTimeProvider Time => time;

        public PollingClient Client => client;

        public Counts Closed { get; } = new(server, "typedsocketredis.server.connections.closed");

        /// <summary>Starts a client with a POST that the server reads and that never ends.</summary>
        public static async Task<Posting> StartAsync(string body)
        {
            var time = new FakeTimeProvider();
            var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var server = await TestServer.StartAsync(
                time: time,
                map: io => io.Of("/").On("message",
                    (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask()),
                services: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = null),
                use: app => app.Use((context, next) =>
                {
                    if (context.Request.Headers.ContainsKey("x-unfinished")) arrived.TrySetResult();
                    return next(context);
                }));
            var client = await PollingClient.ConnectAsync(server);
            var post = RawClient.Connect(server);
            await post.WriteAsync(
                $"POST /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: localhost\r\nx-unfinished: 1\r\n{body}");
            await arrived.Task.WaitAsync(TestServer.Patience);
            Assert.True(server.Server.Engine.Table.TryGet(client.Sid, out var session));
            while (session.Transport is not PollingTransport polling || polling.PostedAsync().IsCompleted) await Task.Yield();
            return new Posting(server, time, client, post);
        }

        /// <summary>Asserts that the request's connection ends without a response and that only the given violations are counted.</summary>
        public async Task AssertAbortedAsync(params string[] reasons)
        {
            Assert.Equal(0, await post.EndAsync());
            Assert.Equal(reasons, _malformed.Tags("reason"));
        }

        public async ValueTask DisposeAsync()
        {
            post.Dispose();
            client.Dispose();
            await server.DisposeAsync();
        }
    }
}
