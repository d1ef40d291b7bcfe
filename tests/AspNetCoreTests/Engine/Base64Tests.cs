using System.Text;
using Microsoft.AspNetCore.Builder;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Binary messages as base64 text: with line breaks, and over the WebSocket of a client with <c>forceBase64</c>.</summary>
public class Base64Tests
{
    private const string TextOnly = "EIO=4&transport=websocket&b64=1";
    private const string Event = "451-[\"message\",{\"_placeholder\":true,\"num\":0}]";
    private const string Back = "451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]";
    private const byte Text = 0x81;

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private static readonly string Base64 = "b" + Convert.ToBase64String(Bytes);

    private static void Echo(SocketIOServer io) =>
        io.Of("/").On("message", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Line_breaks_in_a_polling_client_s_base64_are_accepted(string lineBreak)
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await PollingClient.ConnectAsync(server);
        await client.PostAsync(Event + "\u001e" + Broken(lineBreak));
        var packets = "";
        while (!packets.Contains("\u001eb", StringComparison.Ordinal)) packets += await client.PollAsync();
        Assert.Equal(Back + "\u001e" + Base64, packets);
    }

    [Fact]
    public async Task Binary_from_the_connect_handler_arrives_while_the_client_upgrades()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        for (var i = 0; i < 30; i++)
        {
            using var polling = await PollingClient.ConnectAsync(server);
            using var ws = RawClient.Connect(server);
            await ws.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}"));
            await ws.HeadAsync();
            var posting = polling.PostAsync(Event + "\u001e" + Broken("\n"));
            await SendAsync(ws, "2probe");
            Assert.Equal("3probe", await ws.TextAsync());
            await posting;
            await SendAsync(ws, "5");
            Assert.Equal(Back, await ws.TextAsync());
            Assert.Equal(Bytes, (await ws.FrameAsync()).Payload);
        }
    }

    [Fact]
    public async Task A_text_only_websocket_sends_and_receives_bytes_as_base64()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await JoinAsync(server, TextOnly);
        await SendAsync(client, Event);
        await SendAsync(client, Base64);
        Assert.Equal(Back, await client.TextAsync());
        Assert.Equal(Base64, await client.TextAsync());
    }

    [Fact]
    public async Task A_websocket_can_send_base64_without_b64_and_still_receives_bytes()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await JoinAsync(server, "EIO=4&transport=websocket&b64=");
        await SendAsync(client, Event);
        await SendAsync(client, Base64);
        Assert.Equal(Back, await client.TextAsync());
        Assert.Equal((0x82, Convert.ToHexString(Bytes)), await HexAsync(client));
    }

    [Fact]
    public async Task A_broadcast_reaches_each_client_in_its_form_and_each_form_is_encoded_once()
    {
        await using var server = await TestServer.StartAsync(o => o.PerMessageDeflate = new CompressionOptions { Threshold = 100 });
        using var bytes = await JoinAsync(server, "EIO=4&transport=websocket");
        using var text = await JoinAsync(server, TextOnly);
        using var deflated = await JoinAsync(server, TextOnly, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        using var polling = await PollingClient.ConnectAsync(server);
        var frame = Frame.CreateBinary(new byte[200]);
        foreach (var session in server.Server.Engine.Table.Sessions) session.Send(frame, BroadcastFlags.None);

        var base64 = "b" + Convert.ToBase64String(new byte[200]);
        Assert.Equal((0x82, Convert.ToHexString(new byte[200])), await HexAsync(bytes));
        Assert.Equal(base64, await text.TextAsync());
        Assert.Equal(base64, await polling.PollAsync());
        var (first, payload) = await deflated.FrameAsync();
        Assert.Equal(0xC1, first);
        Assert.True(payload.Length < 50);
        Assert.True(frame.ForTextOnly().IsDeflationKnown);
    }

    [Fact]
    public async Task The_queue_of_a_text_only_client_counts_the_size_as_base64()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 4000);
        using var text = await JoinAsync(server, TextOnly);
        using var bytes = await JoinAsync(server, "EIO=4&transport=websocket");
        using var dropped = new Counts(server, "typedsocketredis.server.messages.dropped");

        // Two frames fit the budget as bytes but not as base64.
        var frame = Frame.CreateBinary(new byte[1700]);
        foreach (var session in server.Server.Engine.Table.Sessions)
        {
            session.Cork();
            session.Send(frame, BroadcastFlags.None);
            session.Send(frame, BroadcastFlags.Volatile);
            session.Uncork();
        }

        Assert.Equal(["budget"], dropped.Tags("reason"));
        Assert.Equal(1700, (await bytes.FrameAsync()).Payload.Length);
        Assert.Equal(1700, (await bytes.FrameAsync()).Payload.Length);
    }

    [Theory]
    [InlineData("&b64=1", Text)]
    [InlineData("", 0x82)]
    public async Task A_message_held_during_an_upgrade_is_sent_in_the_form_of_the_websocket(string query, byte opcode)
    {
        await using var server = await TestServer.StartAsync();
        using var polling = await PollingClient.ConnectAsync(server);
        using var ws = RawClient.Connect(server);
        await ws.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={polling.Sid}{query}"));
        await ws.HeadAsync();
        await SendAsync(ws, "2probe");
        await ws.TextAsync();
        server.Server.Engine.Table.Sessions.Single().Send(Frame.CreateBinary(Bytes), BroadcastFlags.None);
        await SendAsync(ws, "5");
        var (first, payload) = await ws.FrameAsync();
        Assert.Equal(opcode, first);
        Assert.Equal(opcode == Text ? Encoding.ASCII.GetBytes(Base64) : Bytes, payload);
    }

    [Fact]
    public async Task Engine_IO_without_Socket_IO_supports_base64_too()
    {
        await using var server = await TestServer.StartAsync(use: app => app.MapEngineIO("/engine.io/", async connection =>
        {
            await foreach (var message in connection.ReadAllAsync()) connection.Send(message);
        }));
        using var client = RawClient.Connect(server);
        await client.WriteAsync(RawClient.Upgrade(TextOnly).Replace("/socket.io/", "/engine.io/", StringComparison.Ordinal));
        await client.HeadAsync();
        await client.FrameAsync();
        await SendAsync(client, Base64);
        Assert.Equal(Base64, await client.TextAsync());
    }

    private static string Broken(string lineBreak) =>
        "b" + string.Concat(Base64[1..].Chunk(76).Select(line => new string(line) + lineBreak));

    private static async Task<RawClient> JoinAsync(TestServer server, string query, string headers = "")
    {
        var client = RawClient.Connect(server);
        await client.WriteAsync(RawClient.Upgrade(query).Replace("\r\n\r\n", $"\r\n{headers}\r\n", StringComparison.Ordinal));
        await client.HeadAsync();
        await client.FrameAsync();
        await SendAsync(client, "40");
        await client.FrameAsync();
        return client;
    }

    private static async Task<(int First, string Payload)> HexAsync(RawClient client)
    {
        var (first, payload) = await client.FrameAsync();
        return (first, Convert.ToHexString(payload));
    }

    private static Task SendAsync(RawClient client, string text) => client.WriteAsync(RawClient.Frame(Text, Encoding.UTF8.GetBytes(text)));
}
