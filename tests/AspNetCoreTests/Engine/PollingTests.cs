using System.Net;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class PollingTests
{
    private static void Echo(SocketIOServer io) =>
        io.Of("/").On("message", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());

    [Fact]
    public async Task Several_packets_of_one_request_share_one_response()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync("42[\"message\",1]\u001e42[\"message\",2]\u001e42[\"message\",3]");
        List<string> packets = [];
        while (packets.Count < 3) packets.AddRange((await client.PollAsync()).Split('\u001e'));
        Assert.Equal(["42[\"message-back\",1]", "42[\"message-back\",2]", "42[\"message-back\",3]"], packets);
    }

    [Fact]
    public async Task Bytes_are_sent_and_received_as_base64()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync("451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
        Assert.Equal("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==", await client.PollAsync());
    }

    [Fact]
    public async Task A_second_poll_is_refused_and_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.OpenAsync(server);

        Assert.True(server.Server.Engine.Table.TryGet(client.Sid, out var session));
        var waiting = client.PollAsync();
        while (!session.Transport.IsWritable) await Task.Yield();
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        Assert.Equal("1", await waiting);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("bnot base64!")]
    [InlineData("42[\"message\"]\u001e")]
    [InlineData("2probe")]
    [InlineData("4x")]
    [InlineData("42[\"message\"")]
    [InlineData("42{}")]
    [InlineData("43[]")]
    [InlineData("40")]
    [InlineData("42/nowhere,[\"message\"]")]
    [InlineData("452-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001e42[\"message\"]")]
    [InlineData("bAQID")]
    public async Task A_malformed_packet_ends_only_its_own_session(string payload)
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var bystander = await PollingClient.ConnectAsync(server);
        using var client = await PollingClient.ConnectAsync(server);
        using var response = await client.TryPostAsync(payload);
        if (payload != "43[]") Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        await bystander.PostAsync("42[\"message\",\"alive\"]");
        Assert.Equal("42[\"message-back\",\"alive\"]", await bystander.PollAsync());
    }

    [Fact]
    public async Task The_clients_close_packet_releases_its_poll_and_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        var reason = new TaskCompletionSource<DisconnectReason>();
        var connected = new TaskCompletionSource();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(why => { reason.SetResult(why.Reason); return Task.CompletedTask; });
            connected.SetResult();
            return Task.CompletedTask;
        });
        using var client = await PollingClient.ConnectAsync(server);
        await connected.Task.WaitAsync(TestServer.Patience);
        var poll = client.PollAsync();
        await client.PostAsync("1");
        Assert.Equal("6", await poll);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
        Assert.Same(DisconnectReason.TransportClose, await reason.Task.WaitAsync(TestServer.Patience));
    }

    [Fact]
    public async Task A_request_larger_than_allowed_gets_413()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxHttpBufferSize = 1000);
        using var client = await PollingClient.ConnectAsync(server);
        using var response = await client.TryPostAsync("4" + new string('x', 1000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_chunked_request_is_refused_as_soon_as_it_exceeds_the_limit()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxHttpBufferSize = 1000);
        using var client = await PollingClient.ConnectAsync(server);
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(
            $"POST /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        await raw.WriteAsync("400\r\n" + new string('4', 1024) + "\r\n");
        Assert.StartsWith("HTTP/1.1 413", await raw.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_body_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        using var response = await client.TryPostAsync("4", "application/octet-stream");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }

    [Fact]
    public async Task A_disconnect_packet_is_sent_before_the_close_packet()
    {
        await using var server = await TestServer.StartAsync();
        server.Server.Of("/").OnConnected(socket => socket.DisconnectAsync(close: true).AsTask());
        using var client = await PollingClient.OpenAsync(server);
        await client.PostAsync("40");
        List<string> responses = [];
        while (!responses.Contains("1")) responses.AddRange((await client.PollAsync()).Split((char)0x1E));
        Assert.EndsWith("41|1", string.Join('|', responses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aborted_poll_disconnects_its_client()
    {
        await using var server = await TestServer.StartAsync();
        var reason = new TaskCompletionSource<DisconnectReason>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(why => { reason.SetResult(why.Reason); return Task.CompletedTask; });
            return socket.Client<AnyEvents>().EmitAsync("ready").AsTask();
        });
        using var client = await PollingClient.OpenAsync(server);
        await client.PostAsync("40");
        for (var text = ""; !text.Contains("ready", StringComparison.Ordinal);) text = await client.PollAsync();
        using (var raw = RawClient.Connect(server))
        {
            await raw.WriteAsync($"GET /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        Assert.Same(DisconnectReason.TransportError, await reason.Task.WaitAsync(TestServer.Patience));
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync());
    }
}
