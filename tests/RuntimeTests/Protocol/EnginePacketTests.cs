using System.Buffers;
using System.Text;
using CsCheck;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class EnginePacketTests
{
    [Theory]
    [InlineData("0{}", EnginePacketKind.Open, "{}")]
    [InlineData("1", EnginePacketKind.Close, "")]
    [InlineData("2probe", EnginePacketKind.Ping, "probe")]
    [InlineData("3", EnginePacketKind.Pong, "")]
    [InlineData("42[\"hi\"]", EnginePacketKind.Message, "2[\"hi\"]")]
    [InlineData("5", EnginePacketKind.Upgrade, "")]
    [InlineData("6", EnginePacketKind.Noop, "")]
    internal void Text_packets_have_a_digit_and_a_payload(string text, EnginePacketKind kind, string payload)
    {
        var packet = EnginePacket.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal((kind, payload, false), (packet.Kind, Encoding.UTF8.GetString(packet.Payload.Span), packet.IsBinary));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("x")]
    [InlineData("bAQ")]
    public void Text_of_an_unknown_kind_is_rejected(string text) =>
        Assert.Equal("engine", Wire.ReasonOf(() => EnginePacket.Parse(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("")]
    [InlineData("4a\u001e")]
    [InlineData("\u001e4a")]
    [InlineData("4a\u001e\u001e4b")]
    [InlineData("4a\u001e9")]
    [InlineData("bAQ")]
    [InlineData("bA")]
    [InlineData("bAQ=")]
    [InlineData("b====")]
    [InlineData("bAQ==AQ==")]
    [InlineData("bA Q==")]
    [InlineData("bAQ=\t=")]
    [InlineData("b\r\n=")]
    [InlineData("b-_-_")]
    public void A_polling_payload_with_a_malformed_packet_is_rejected(string text) =>
        Assert.Equal("engine", Wire.ReasonOf(() => Read(text)));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Base64_with_line_breaks_is_read_without_extra_memory(string lineBreak) => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        var lines = Convert.ToBase64String(bytes).Chunk(76).Select(line => new string(line));
        var packet = Assert.Single(Read("b" + string.Concat(lines.Select(line => line + lineBreak))));
        Assert.True(packet.IsBinary);
        Assert.Equal(bytes, packet.Payload.ToArray());

        // Line breaks must not cause memory that no limit counts.
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(packet.Payload, out var array));
        Assert.Equal(bytes.Length, array.Array!.Length);
    }, iter: 1_000);

    [Fact]
    public void A_frame_for_text_only_clients_has_binary_as_base64_and_is_created_once()
    {
        var frame = Frame.Create("451-"u8, "[]"u8, [new byte[] { 1 }, new byte[70_000]]);
        var text = frame.ForTextOnly();
        Assert.Same(text, frame.ForTextOnly());
        Assert.Same(text, text.ForTextOnly());
        Assert.False(text.HasBinary);
        Assert.Equal(
            ["451-[]", "bAQ==", "b" + Convert.ToBase64String(new byte[70_000])],
            text.Parts.ToArray().Select(part => Encoding.UTF8.GetString(text.Payload(part))));
        Assert.All(text.Parts.ToArray(), part => Assert.False(part.IsBinary));
        var bytes = Convert.ToHexString(text.WebSocket.Span);
        Assert.StartsWith("8106" + Convert.ToHexString("451-[]"u8) + "8105", bytes, StringComparison.Ordinal);

        var plain = Frame.Create("2"u8);
        Assert.Same(plain, plain.ForTextOnly());
    }

    [Fact]
    public void The_text_form_of_an_uncompressible_frame_is_not_compressed()
    {
        var frame = Frame.CreateBinary([1, 2, 3]);
        Assert.True(frame.ForTextOnly().IsCompressible);
        frame.KeepPlain();
        Assert.False(frame.ForTextOnly().IsCompressible);
    }

    [Fact]
    public void A_polling_payload_is_read_in_order()
    {
        var packets = Read("42[\"a\"]\u001ebAQID\u001e2\u001eb");
        Assert.Equal(
            [(EnginePacketKind.Message, "325B2261225D", false), (EnginePacketKind.Message, "010203", true),
                (EnginePacketKind.Ping, "", false), (EnginePacketKind.Message, "", true)],
            packets.Select(packet => (packet.Kind, Convert.ToHexString(packet.Payload.Span), packet.IsBinary)));
    }

    [Fact]
    public void Frames_are_joined_with_separators_and_binary_is_base64()
    {
        var to = new ArrayBufferWriter<byte>();
        PollingPayload.Write(
            [JsonPacketWriter.Event("/", new EventData(Wire.Hex("92a178c40101"))), EngineFrames.Ping, Frame.CreateBinary([])], to);
        Assert.Equal("451-[\"x\",{\"_placeholder\":true,\"num\":0}]\u001ebAQ==\u001e2\u001eb", Encoding.UTF8.GetString(to.WrittenSpan));
    }

    [Fact]
    public void A_written_polling_payload_is_read_back() => Gen.Byte.Array[0, 40].Array[1, 10].Sample(
        blobs =>
        {
            var to = new ArrayBufferWriter<byte>();
            PollingPayload.Write(
                [.. blobs.Select((blob, i) => i % 2 == 0 ? Frame.CreateBinary(blob)
                    : Frame.Create("4"u8, Encoding.ASCII.GetBytes(Convert.ToHexString(blob))))], to);
            var payload = new PollingPayload(to.WrittenMemory);
            foreach (var (i, blob) in blobs.Index())
            {
                Assert.True(payload.TryRead(out var packet));
                Assert.Equal(i % 2 == 0, packet.IsBinary);
                Assert.Equal(blob,
                    packet.IsBinary ? packet.Payload.ToArray() : Convert.FromHexString(Encoding.ASCII.GetString(packet.Payload.Span)));
            }

            return !payload.TryRead(out _);
        },
        iter: 2_000);

    [Fact]
    public void Packets_of_the_server_match_Engine_IO_4()
    {
        Assert.Equal(["1", "2", "3probe", "6"],
            new[] { EngineFrames.Close, EngineFrames.Ping, EngineFrames.ProbePong, EngineFrames.Noop }.Select(Wire.Text));
        Assert.Equal(
            """0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}""",
            Wire.Text(EngineFrames.Open("abc", upgradable: true, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), 1_000_000)));
        Assert.Contains("\"upgrades\":[],", Wire.Text(EngineFrames.Open("abc", upgradable: false, TimeSpan.Zero, TimeSpan.Zero, 1)),
            StringComparison.Ordinal);
    }

    private static List<EnginePacket> Read(string text)
    {
        var payload = new PollingPayload(Encoding.UTF8.GetBytes(text));
        List<EnginePacket> packets = [];
        while (payload.TryRead(out var packet)) packets.Add(packet);
        return packets;
    }
}
