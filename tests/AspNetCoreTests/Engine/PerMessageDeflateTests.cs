using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class PerMessageDeflateTests
{
    private const string Accepted = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    private const byte Text = 0x81;
    private const byte CompressedText = 0xC1;

    private static Task<TestServer> StartAsync(Action<EngineIOOptions>? configure = null) => TestServer.StartAsync(
        o =>
        {
            o.PerMessageDeflate = new CompressionOptions();
            configure?.Invoke(o);
        },
        map: io => io.Of("/").On("message",
            (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask()));

    [Theory]
    [InlineData(null, null)]
    [InlineData("permessage-deflate", Accepted)]
    [InlineData("permessage-deflate; client_max_window_bits", Accepted)]
    [InlineData("Permessage-Deflate ; client_max_window_bits = 10;server_no_context_takeover", Accepted)]
    [InlineData("permessage-deflate; server_max_window_bits=\"15\"", Accepted + "; server_max_window_bits=15")]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate", Accepted)]
    [InlineData("x-webkit-deflate-frame, permessage-deflate", Accepted)]
    [InlineData("permessage-deflate; server_max_window_bits=10", null)]
    [InlineData("permessage-deflate; server_max_window_bits", null)]
    [InlineData("permessage-deflate; client_max_window_bits=7", null)]
    [InlineData("permessage-deflate; client_max_window_bits=16", null)]
    [InlineData("permessage-deflate; client_max_window_bits=08", null)]
    [InlineData("permessage-deflate; server_no_context_takeover=1", null)]
    [InlineData("permessage-deflate; client_no_context_takeover; client_no_context_takeover", null)]
    [InlineData("permessage-deflate; unknown_parameter", null)]
    [InlineData("permessage-deflate;", null)]
    [InlineData("permessage-bzip2", null)]
    public async Task Offers_are_accepted_or_declined_according_to_RFC_7692(string? offer, string? answer)
    {
        await using var server = await StartAsync();
        using var client = RawClient.Connect(server);
        Assert.Equal(answer, await OpenAsync(client, offer));
        server.Server.Of<ITestEvents>();
        await client.WriteAsync(RawClient.Frame(Text, "40"u8.ToArray()));
        await client.FrameAsync();
        server.Server.Of<ITestEvents>().All.Padded(1, 5000);
        Assert.Equal(answer is null ? Text : CompressedText, (await client.FrameAsync()).First);
    }

    [Theory]
    [InlineData(10, null, "permessage-deflate", "; server_max_window_bits=10")]
    [InlineData(10, null, "permessage-deflate; server_max_window_bits=12", "; server_max_window_bits=10")]
    [InlineData(10, null, "permessage-deflate; server_max_window_bits=9", null)]
    [InlineData(null, 9, "permessage-deflate; client_max_window_bits", "; client_max_window_bits=9")]
    [InlineData(null, 9, "permessage-deflate; client_max_window_bits=8", "; client_max_window_bits=8")]
    [InlineData(null, 9, "permessage-deflate", null)]
    [InlineData(8, 15, "permessage-deflate; client_max_window_bits=10; server_max_window_bits=8",
        "; server_max_window_bits=8; client_max_window_bits=10")]
    public async Task Windows_are_negotiated_according_to_RFC_7692(int? own, int? clients, string offer, string? accepted)
    {
        await using var server = await StartAsync(o =>
            (o.PerMessageDeflate!.ServerMaxWindowBits, o.PerMessageDeflate.ClientMaxWindowBits) = (own, clients));
        using var client = RawClient.Connect(server);
        Assert.Equal(accepted is null ? null : Accepted + accepted, await OpenAsync(client, offer));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    public async Task A_client_with_a_small_window_reads_compressed_messages(int bits)
    {
        await using var server = await StartAsync(o =>
            (o.PerMessageDeflate!.ServerMaxWindowBits, o.PerMessageDeflate.ClientMaxWindowBits) = (bits, bits));
        using var client = await WsClient.OpenAsync(server, configure: options => options.DangerousDeflateOptions =
            new WebSocketDeflateOptions { ServerMaxWindowBits = bits, ClientMaxWindowBits = bits });
        await client.SendAsync("40");
        await client.TextAsync();

        // The second half repeats the first one at a distance that exceeds the window.
        var random = new Random(bits);
        var half = string.Concat(Enumerable.Range(0, 6000).Select(_ => (char)random.Next('a', 'e')));
        var text = half + half;
        await client.SendAsync($"42[\"message\",\"{text}\"]");
        Assert.Equal($"42[\"message-back\",\"{text}\"]", await client.TextAsync());

        using var raw = RawClient.Connect(server);
        await OpenAsync(raw, $"permessage-deflate; server_max_window_bits={bits}; client_max_window_bits");
        await raw.WriteAsync(RawClient.Frame(Text, "40"u8.ToArray()));
        await raw.FrameAsync();
        server.Server.Of("/").All.Emit("tick", text);
        var (first, payload) = await raw.FrameAsync();
        Assert.Equal(CompressedText, first);
        Assert.InRange(payload.Length, 1, text.Length * 3 / 4);
        Assert.Equal($"42[\"tick\",\"{text}\"]", Inflate(payload));
    }

    [Fact]
    public async Task Compression_is_off_by_default()
    {
        await using var server = await TestServer.StartAsync();
        using var client = RawClient.Connect(server);
        Assert.Null(await OpenAsync(client, "permessage-deflate"));
    }

    [Fact]
    public async Task A_ClientWebSocket_sends_and_receives_compressed_messages()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.OpenAsync(server,
            configure: options => options.DangerousDeflateOptions = new WebSocketDeflateOptions());
        await client.SendAsync("40");
        await client.TextAsync();
        foreach (var length in new[] { 1, 1000, 1024, 70_000, 900_000 })
        {
            var text = new string('ä', length / 2);
            await client.SendAsync($"42[\"message\",\"{text}\"]");
            Assert.Equal($"42[\"message-back\",\"{text}\"]", await client.TextAsync());
        }

        var bytes = new byte[20_000];
        new Random(1).NextBytes(bytes.AsSpan(10_000));
        await client.SendAsync("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync(bytes);
        Assert.Equal("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]", await client.TextAsync());
        Assert.Equal(bytes, await client.BytesAsync());
    }

    [Fact]
    public async Task A_broadcast_is_compressed_once_for_all_its_receivers()
    {
        await using var server = await StartAsync();
        using var first = await JoinAsync(server);
        using var second = await JoinAsync(server);
        using var plain = await RawClient.WebSocketAsync(server);
        var frame = Frame.Create(Encoding.UTF8.GetBytes("42[\"tick\",\""), Encoding.UTF8.GetBytes(new string('x', 3000) + "\"]"));
        ReadOnlyMemory<byte> compressed = default;
        foreach (var session in server.Server.Engine.Table.Sessions)
        {
            session.Send(frame, BroadcastFlags.None);
            if (compressed.IsEmpty && frame.IsDeflationKnown) compressed = frame.ForWebSocket(deflated: true);
            Assert.True(compressed.IsEmpty || compressed.Equals(frame.ForWebSocket(deflated: true)));
        }

        var received = await first.FrameAsync();
        Assert.Equal(CompressedText, received.First);
        Assert.InRange(received.Payload.Length, 1, 200);
        Assert.EndsWith("x\"]", Inflate(received.Payload), StringComparison.Ordinal);
        Assert.Equal(received.Payload, (await second.FrameAsync()).Payload);
        Assert.Equal(Text, (await plain.FrameAsync()).First);
    }

    [Fact]
    public async Task Short_messages_and_messages_with_Compress_false_are_sent_uncompressed()
    {
        await using var server = await StartAsync();
        using var client = await JoinAsync(server);
        server.Server.Of<ITestEvents>().All.Tick(1);
        Assert.Equal(Text, (await client.FrameAsync()).First);
        server.Server.Of<ITestEvents>().All.Compress(false).Padded(1, 5000);
        Assert.Equal(Text, (await client.FrameAsync()).First);
        server.Server.Of<ITestEvents>().All.Compress(true).Padded(1, 5000);
        Assert.Equal(CompressedText, (await client.FrameAsync()).First);
        var one = server.Server.Of("/").Sockets.Single().Client<ITestEvents>();
        one.Compress(false).Padded(1, 5000);
        Assert.Equal(Text, (await client.FrameAsync()).First);
        one.Padded(1, 5000);
        Assert.Equal(CompressedText, (await client.FrameAsync()).First);

        // A message that compression would enlarge is sent uncompressed.
        var random = new byte[3000];
        new Random(2).NextBytes(random);
        server.Server.Engine.Table.Sessions.Single().Send(Frame.CreateBinary(random), BroadcastFlags.None);
        var (first, payload) = await client.FrameAsync();
        Assert.Equal(0x82, first);
        Assert.Equal(random, payload);
    }

    [Theory]
    [InlineData(new[] { 100 })]
    [InlineData(new[] { 0, 3, 0, 1, 96 })]
    public async Task Compressed_messages_are_read_with_any_fragmentation(int[] cuts)
    {
        await using var server = await StartAsync();
        using var client = await JoinAsync(server);
        var compressed = Deflate("42[\"message\",\"" + new string('y', 10_000) + "\"]");
        for (var i = 0; i < cuts.Length; i++)
        {
            var end = i == cuts.Length - 1 ? compressed.Length : Math.Min(cuts[..(i + 1)].Sum(), compressed.Length);
            var first = (byte)((i == 0 ? 0x41 : 0x00) | (i == cuts.Length - 1 ? 0x80 : 0x00));
            await client.WriteAsync(RawClient.Frame(first, compressed[cuts[..i].Sum()..end]));
        }

        Assert.StartsWith("42[\"message-back\",\"yyy", Inflate((await client.FrameAsync()).Payload), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], int> Broken => new()
    {
        { "a bomb", RawClient.Frame(CompressedText, Deflate(new string('0', 50_000_000))), 1009 },
        { "one byte too many", RawClient.Frame(CompressedText, Deflate(new string('0', 10_001))), 1009 },
        { "no deflate at all", RawClient.Frame(CompressedText, [0xFF, 0xFF, 0xFF]), 1007 },
        { "a bad distance", RawClient.Frame(CompressedText, [0x02, 0x02, 0x00]), 1007 },
        { "not UTF-8 inside", RawClient.Frame(CompressedText, Deflate([0x34, 0xC3, 0x28])), 1007 },
        { "compressed ping", RawClient.Frame(0xC9, []), 1002 },
        { "compressed continuation", [.. RawClient.Frame(0x41, [0]), .. RawClient.Frame(0xC0, [0])], 1002 },
        { "another reserved bit", RawClient.Frame(0xD1, []), 1002 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Hostile_input_disconnects_only_its_sender(string what, byte[] bytes, int code)
    {
        Assert.NotEmpty(what);
        await using var server = await StartAsync(o => o.MaxHttpBufferSize = 10_000);
        using var bystander = await JoinAsync(server);
        using var client = await JoinAsync(server);
        await client.WriteAsync(bytes);
        Assert.Equal(code, await client.CloseCodeAsync());
        await client.EndAsync();
        await bystander.WriteAsync(RawClient.Frame(CompressedText, Deflate("42[\"message\",\"alive\"]")));
        Assert.Equal("42[\"message-back\",\"alive\"]", Encoding.UTF8.GetString((await bystander.FrameAsync()).Payload));
    }

    [Fact]
    public async Task A_session_compresses_messages_from_its_upgrade_on()
    {
        await using var server = await StartAsync();
        using var polling = await PollingClient.ConnectAsync(server);
        using var client = RawClient.Connect(server);
        await client.WriteAsync(Offer($"EIO=4&transport=websocket&sid={polling.Sid}", "permessage-deflate"));
        await client.HeadAsync();
        await client.WriteAsync(RawClient.Frame(Text, "2probe"u8.ToArray()));
        await client.FrameAsync();
        server.Server.Of<ITestEvents>().All.Padded(1, 5000);
        await client.WriteAsync(RawClient.Frame(Text, "5"u8.ToArray()));
        Assert.Equal(5000 + "42[\"tick\",1,\"\"]".Length, (await client.FrameAsync()).Payload.Length);
        server.Server.Of<ITestEvents>().All.Padded(2, 5000);
        Assert.Equal(CompressedText, (await client.FrameAsync()).First);
    }

    private static async Task<RawClient> JoinAsync(TestServer server)
    {
        var client = RawClient.Connect(server);
        Assert.Equal(Accepted, await OpenAsync(client, "permessage-deflate; client_max_window_bits"));
        await client.WriteAsync(RawClient.Frame(Text, "40"u8.ToArray()));
        await client.FrameAsync();
        return client;
    }

    /// <summary>Opens a session and returns the extension that the server accepted, or null.</summary>
    private static async Task<string?> OpenAsync(RawClient client, string? offer)
    {
        await client.WriteAsync(Offer("EIO=4&transport=websocket", offer));
        var head = await client.HeadAsync();
        await client.FrameAsync();
        const string Header = "Sec-WebSocket-Extensions: ";
        var line = head.Split("\r\n").SingleOrDefault(line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase));
        return line?[Header.Length..];
    }

    private static string Offer(string query, string? offer) => offer is null
        ? RawClient.Upgrade(query)
        : RawClient.Upgrade(query).Replace("\r\n\r\n", $"\r\nSec-WebSocket-Extensions: {offer}\r\n\r\n", StringComparison.Ordinal);

    private static byte[] Deflate(string text) => Deflate(Encoding.UTF8.GetBytes(text));

    private static byte[] Deflate(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using var stream = new DeflateStream(memory, CompressionLevel.Optimal);
        stream.Write(bytes);
        stream.Flush();
        return memory.ToArray()[..^4];
    }

    private static string Inflate(byte[] message)
    {
        using var stream = new DeflateStream(new MemoryStream([.. message, 0x00, 0x00, 0xFF, 0xFF, 0x03, 0x00]),
            CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
