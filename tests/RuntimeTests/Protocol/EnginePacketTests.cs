using System.Buffers;
using System.Text;
using CsCheck;
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
    internal void Text_packets_are_a_digit_and_the_rest(string text, EnginePacketKind kind, string payload)
    {
        var packet = EnginePacket.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal((kind, payload, false), (packet.Kind, Encoding.UTF8.GetString(packet.Payload.Span), packet.IsBinary));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("x")]
    [InlineData("bAQ==")]
    public void Text_of_no_kind_is_refused(string text) =>
        Assert.Equal("engine", Wire.CauseOf(() => EnginePacket.Parse(Encoding.UTF8.GetBytes(text))));

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
    [InlineData("bAQ==\n")]
    [InlineData("b-_-_")]
    public void A_polling_payload_with_a_broken_packet_is_refused(string text) => Assert.Equal("engine", Wire.CauseOf(() => Read(text)));

    [Fact]
    public void A_polling_payload_is_read_in_order()
    {
        var packets = Read("42[\"a\"]\u001ebAQID\u001e2\u001eb");
        Assert.Equal(
            [(EnginePacketKind.Message, "325B2261225D", false), (EnginePacketKind.Message, "010203", true), (EnginePacketKind.Ping, "", false), (EnginePacketKind.Message, "", true)],
            packets.Select(packet => (packet.Kind, Convert.ToHexString(packet.Payload.Span), packet.IsBinary)));
    }

    [Fact]
    public void Frames_are_joined_with_separators_and_bytes_as_base64()
    {
        var to = new ArrayBufferWriter<byte>();
        PollingPayload.Write([PacketWriter.Event("/", new EventData(Wire.Hex("92a178c40101"))), EngineFrames.Ping, Frame.CreateBinary([])], to);
        Assert.Equal("451-[\"x\",{\"_placeholder\":true,\"num\":0}]\u001ebAQ==\u001e2\u001eb", Encoding.UTF8.GetString(to.WrittenSpan));
    }

    [Fact]
    public void What_is_written_into_a_polling_payload_is_read_from_it() => Gen.Byte.Array[0, 40].Array[1, 10].Sample(
        blobs =>
        {
            var to = new ArrayBufferWriter<byte>();
            PollingPayload.Write([.. blobs.Select((blob, i) => i % 2 == 0 ? Frame.CreateBinary(blob) : Frame.Create("4"u8, Encoding.ASCII.GetBytes(Convert.ToHexString(blob))))], to);
            var payload = new PollingPayload(to.WrittenMemory);
            foreach (var (i, blob) in blobs.Index())
            {
                Assert.True(payload.TryRead(out var packet));
                Assert.Equal(i % 2 == 0, packet.IsBinary);
                Assert.Equal(blob, packet.IsBinary ? packet.Payload.ToArray() : Convert.FromHexString(Encoding.ASCII.GetString(packet.Payload.Span)));
            }

            return !payload.TryRead(out _);
        },
        iter: 2_000);

    [Fact]
    public void The_packets_of_the_server_are_those_of_Engine_IO_4()
    {
        Assert.Equal(["1", "2", "3", "3probe", "6"], new[] { EngineFrames.Close, EngineFrames.Ping, EngineFrames.Pong, EngineFrames.ProbePong, EngineFrames.Noop }.Select(Wire.Text));
        Assert.Equal(
            """0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}""",
            Wire.Text(EngineFrames.Open("abc", upgradable: true, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), 1_000_000)));
        Assert.Contains("\"upgrades\":[],", Wire.Text(EngineFrames.Open("abc", upgradable: false, TimeSpan.Zero, TimeSpan.Zero, 1)), StringComparison.Ordinal);
    }

    private static List<EnginePacket> Read(string text)
    {
        var payload = new PollingPayload(Encoding.UTF8.GetBytes(text));
        List<EnginePacket> packets = [];
        while (payload.TryRead(out var packet)) packets.Add(packet);
        return packets;
    }
}
