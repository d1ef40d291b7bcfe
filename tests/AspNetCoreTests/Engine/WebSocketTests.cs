using System.Net.WebSockets;
using System.Text;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class WebSocketTests
{
    private const byte Text = 0x81;
    private const byte Binary = 0x82;

    private static void Echo(SocketIOServer io) =>
        io.Of("/").On("message", (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());

    [Fact]
    public async Task Text_and_bytes_are_echoed_unchanged()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("452-[\"message\",{\"_placeholder\":true,\"num\":0},\"Я😀\",{\"a\":{\"_placeholder\":true,\"num\":1}}]");
        await client.SendAsync([1, 2, 3]);
        await client.SendAsync([]);
        Assert.Equal("452-[\"message-back\",{\"_placeholder\":true,\"num\":0},\"Я😀\",{\"a\":{\"_placeholder\":true,\"num\":1}}]",
            await client.TextAsync());
        Assert.Equal([1, 2, 3], await client.BytesAsync());
        Assert.Empty(await client.BytesAsync());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(126)]
    [InlineData(4000)]
    [InlineData(4090)]
    [InlineData(4096)]
    [InlineData(65_536)]
    [InlineData(900_000)]
    public async Task Messages_with_every_form_of_length_are_echoed(int length)
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await WsClient.ConnectAsync(server);
        var text = new string('ä', length / 2);
        await client.SendAsync($"42[\"message\",\"{text}\"]");
        Assert.Equal($"42[\"message-back\",\"{text}\"]", await client.TextAsync());
    }

    [Fact]
    public async Task Fragments_are_joined_even_with_a_ping_between_them()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await RawClient.WebSocketAsync(server);
        await client.WriteAsync(RawClient.Frame(0x01, "42[\"mess"u8.ToArray()));
        await client.WriteAsync(RawClient.Frame(0x00, []));
        await client.WriteAsync(RawClient.Frame(0x89, "hello"u8.ToArray()));
        Assert.Equal((0x8A, "hello"), await FrameAsync(client));
        await client.WriteAsync(RawClient.Frame(0x80, "age\",1]"u8.ToArray()));
        Assert.Equal((0x81, "42[\"message-back\",1]"), await FrameAsync(client));
    }

    [Fact]
    public async Task Frames_that_arrive_byte_by_byte_are_read()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await RawClient.WebSocketAsync(server);
        foreach (var one in RawClient.Frame(Text, "42[\"message\",1]"u8.ToArray())) await client.WriteAsync(one);
        Assert.Equal((0x81, "42[\"message-back\",1]"), await FrameAsync(client));
    }

    public static TheoryData<string, byte[], int> BrokenFrames => new()
    {
        { "not masked", RawClient.Frame(Text, "42[\"message\"]"u8.ToArray(), masked: false), 1002 },
        { "reserved bit 1", RawClient.Frame(0xC1, "42[\"message\"]"u8.ToArray()), 1002 },
        { "reserved bit 3", RawClient.Frame(0x91, "42[\"message\"]"u8.ToArray()), 1002 },
        { "opcode 3", RawClient.Frame(0x83, []), 1002 },
        { "opcode 11", RawClient.Frame(0x8B, []), 1002 },
        { "unmasked, and shorter than a masked one", [0x81, 0x01, 0x34], 1002 },
        { "lone continuation", RawClient.Frame(0x80, "x"u8.ToArray()), 1002 },
        { "text inside a fragmented text", [.. RawClient.Frame(0x01, "42["u8.ToArray()), .. RawClient.Frame(0x81, "x"u8.ToArray())], 1002 },
        { "fragmented ping", RawClient.Frame(0x09, []), 1002 },
        { "long ping", RawClient.Frame(0x89, new byte[126]), 1002 },
        { "negative length", RawClient.Frame(Binary, [], announce: long.MinValue), 1002 },
        { "invalid UTF-8", RawClient.Frame(Text, [0x34, 0xC3, 0x28]), 1007 },
        { "surrogate in UTF-8", RawClient.Frame(Text, [0x34, 0xED, 0xA0, 0x80]), 1007 },
        { "announced too long", RawClient.Frame(Binary, [], announce: 1001), 1009 },
        { "announced 2^62", RawClient.Frame(Binary, [], announce: 1L << 62), 1009 },
        { "too long in sum", [.. RawClient.Frame(0x01, new byte[800]), .. RawClient.Frame(0x80, new byte[201])], 1009 },
        { "close with one byte", RawClient.Frame(0x88, [3]), 1002 },
        { "close with a reserved code", RawClient.Frame(0x88, [0x03, 0xED]), 1002 },
        { "close with a broken reason", RawClient.Frame(0x88, [0x03, 0xE8, 0xC3]), 1007 },
        { "close", RawClient.Frame(0x88, [0x03, 0xE8]), 1000 },
        { "close of its own", RawClient.Frame(0x88, [0x0F, 0xA0]), 4000 },
        { "close without a code", RawClient.Frame(0x88, []), -1 },
    };

    [Theory]
    [MemberData(nameof(BrokenFrames))]
    public async Task A_broken_frame_closes_that_connection_with_its_code(string what, byte[] bytes, int code)
    {
        Assert.NotEmpty(what);
        await using var server = await TestServer.StartAsync(o => o.MaxHttpBufferSize = 1000, map: Echo);
        using var bystander = await WsClient.ConnectAsync(server);
        using var client = await RawClient.WebSocketAsync(server);
        await client.WriteAsync(bytes);
        Assert.Equal(code, await client.CloseCodeAsync());
        await client.EndAsync();
        await bystander.SendAsync("42[\"message\",\"alive\"]");
        Assert.Equal("42[\"message-back\",\"alive\"]", await bystander.TextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("2")]
    [InlineData("2probe")]
    [InlineData("4")]
    [InlineData("4a")]
    [InlineData("40")]
    [InlineData("42")]
    [InlineData("42[]")]
    [InlineData("42[\"connect\"]")]
    [InlineData("42/nowhere,[\"x\"]")]
    [InlineData("41/nowhere,")]
    [InlineData("44{}")]
    [InlineData("450-[\"x\"]")]
    [InlineData("4511-[\"x\",{\"_placeholder\":true,\"num\":0}]")]
    [InlineData("451-[\"x\",{\"_placeholder\":true,\"num\":1}]")]
    public async Task A_malformed_packet_closes_that_connection(string packet)
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync(packet);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await client.ClosedAsync());
    }

    [Fact]
    public async Task Unannounced_bytes_close_the_connection()
    {
        await using var server = await TestServer.StartAsync(map: Echo);
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync([1, 2, 3]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await client.ClosedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_connection_is_detected_with_or_without_a_close_frame(bool sendsClose)
    {
        await using var server = await TestServer.StartAsync();
        var reason = new TaskCompletionSource<DisconnectReason>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(why => { reason.SetResult(why.Reason); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        var client = await WsClient.ConnectAsync(server);
        if (sendsClose) await client.CloseAsync();
        client.Dispose();
        Assert.Same(DisconnectReason.TransportClose, await reason.Task.WaitAsync(TestServer.Patience));
        Assert.Empty(server.Server.Of("/").Sockets);
    }

    private static async Task<(int First, string Text)> FrameAsync(RawClient client)
    {
        var (first, payload) = await client.FrameAsync();
        return (first, Encoding.UTF8.GetString(payload));
    }
}
