using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Engine.IO without Socket.IO on top.</summary>
public class EngineIOTests
{
    private const string Path = "/engine.io/";

    private static async Task EchoAsync(EngineConnection connection)
    {
        await foreach (var message in connection.ReadAllAsync()) connection.Send(message);
    }

    private static async Task<TestServer> StartAsync(
        Func<EngineConnection, Task> handler, Action<EngineIOOptions>? configure = null, TimeProvider? time = null)
    {
        var server = await TestServer.StartAsync(time: time, use: app => app.MapEngineIO(Path, handler, configure));
        server.Path = Path;
        return server;
    }

    [Fact]
    public async Task Text_comes_back_as_text_and_bytes_as_bytes_over_a_websocket()
    {
        await using var server = await StartAsync(EchoAsync);
        using var client = await WsClient.OpenAsync(server);
        await client.SendAsync("4hällo");
        await client.SendAsync([1, 2, 3]);
        await client.SendAsync("4");
        Assert.Equal("4hällo", await client.TextAsync());
        Assert.Equal([1, 2, 3], await client.BytesAsync());
        Assert.Equal("4", await client.TextAsync());
    }

    [Fact]
    public async Task Messages_of_one_request_are_handled_before_its_response_and_echoed_in_one_poll()
    {
        await using var server = await StartAsync(EchoAsync);
        using var client = await PollingClient.OpenAsync(server);
        await client.PostAsync("4one\u001ebAQIDBA==\u001e4three");
        Assert.Equal("4one\u001ebAQIDBA==\u001e4three", await client.PollAsync());
    }

    [Fact]
    public async Task An_engine_endpoint_has_its_own_validated_options()
    {
        await using var server = await StartAsync(EchoAsync,
            o => (o.PingInterval, o.MaxHttpBufferSize) = (TimeSpan.FromMilliseconds(300), 5000));
        using var client = await PollingClient.OpenAsync(server);
        Assert.Equal(300, client.Handshake.GetProperty("pingInterval").GetInt32());
        Assert.Equal(5000, client.Handshake.GetProperty("maxPayload").GetInt32());
        server.Path = "/socket.io/";
        using var other = await PollingClient.OpenAsync(server);
        Assert.Equal(25000, other.Handshake.GetProperty("pingInterval").GetInt32());

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(EchoAsync, o => o.PingInterval = TimeSpan.Zero));
        Assert.Contains("EngineIOOptions.PingInterval ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_responds_to_pings_stays_connected()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(EchoAsync, time: time);
        using var client = await WsClient.OpenAsync(server);
        for (var i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromSeconds(25));
            Assert.Equal("2", await client.TextAsync());
            await client.SendAsync("3");
            await client.SendAsync("4echo");
            Assert.Equal("4echo", await client.TextAsync());
        }
    }

    [Fact]
    public async Task The_connection_closes_after_the_sent_messages_when_its_handler_returns_or_throws()
    {
        await using var server = await StartAsync(async connection =>
        {
            await foreach (var message in connection.ReadAllAsync())
            {
                connection.Send("bye " + message.Text);
                if (message.Text == "fail") throw new InvalidOperationException();
                break;
            }
        });
        foreach (var text in new[] { "you", "fail" })
        {
            using var client = await WsClient.OpenAsync(server);
            await client.SendAsync("4" + text);
            Assert.Equal("4bye " + text, await client.TextAsync());
            Assert.Equal(WebSocketCloseStatus.NormalClosure, await client.ClosedAsync());
        }
    }

    [Fact]
    public async Task Reading_ends_with_the_connection_and_the_reason_is_available()
    {
        var ended = new TaskCompletionSource<(string Id, DisconnectReason? Reason)>();
        await using var server = await StartAsync(async connection =>
        {
            await EchoAsync(connection);
            connection.Send("not sent");
            ended.SetResult((connection.Id, connection.Closed?.Reason));
        });
        using var client = await PollingClient.OpenAsync(server);
        await client.PostAsync("1");
        Assert.Equal((client.Sid, DisconnectReason.TransportClose), await ended.Task.WaitAsync(TestServer.Patience));
        Assert.Equal("6", await client.PollAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }

    [Fact]
    public async Task A_handler_can_close_the_connection_and_read_its_transport()
    {
        var transports = new List<string>();
        await using var server = await StartAsync(async connection =>
        {
            await foreach (var message in connection.ReadAllAsync())
            {
                transports.Add(connection.Transport);
                connection.Send(message.Payload.Span);
                await connection.CloseAsync();
            }
        });
        using var ws = await WsClient.OpenAsync(server);
        await ws.SendAsync("4a");
        var echoed = await ws.BytesAsync();
        Assert.Equal("a"u8, echoed);
        await ws.ClosedAsync();
        using var polling = await PollingClient.OpenAsync(server);
        await polling.PostAsync("4a");
        Assert.Equal("bYQ==", await polling.PollAsync());
        Assert.Equal("1", await polling.PollAsync());
        Assert.Equal(["websocket", "polling"], transports);
    }

    [Fact]
    public async Task A_canceled_read_loses_no_message()
    {
        var canceled = new TaskCompletionSource();
        await using var server = await StartAsync(async connection =>
        {
            using var cancellation = new CancellationTokenSource();
            var reading = connection.ReadAllAsync(cancellation.Token).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
            canceled.SetResult();
            await EchoAsync(connection);
        });
        using var client = await WsClient.OpenAsync(server);
        await canceled.Task.WaitAsync(TestServer.Patience);
        await client.SendAsync("4still there");
        Assert.Equal("4still there", await client.TextAsync());
    }

    [Fact]
    public async Task A_slow_handler_delays_only_its_own_client()
    {
        var release = new TaskCompletionSource();
        var first = true;
        await using var server = await StartAsync(async connection =>
        {
            if (first)
            {
                first = false;
                await release.Task;
            }

            await EchoAsync(connection);
        });
        using var slow = await WsClient.OpenAsync(server);
        await slow.SendAsync("4one");
        await slow.SendAsync("4two");
        using var quick = await WsClient.OpenAsync(server);
        await quick.SendAsync("4quick");
        Assert.Equal("4quick", await quick.TextAsync());
        release.SetResult();
        Assert.Equal("4one", await slow.TextAsync());
        Assert.Equal("4two", await slow.TextAsync());
    }

    [Fact]
    public async Task A_connection_ends_with_the_application()
    {
        await using var server = await StartAsync(EchoAsync);
        using var client = await WsClient.OpenAsync(server);
        var closed = client.ClosedAsync();
        await server.StopAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed);
    }
}
