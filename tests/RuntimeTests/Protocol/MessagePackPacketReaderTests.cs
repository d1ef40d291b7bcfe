using System.Text;
using CsCheck;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

/// <summary>Malformed MessagePack packets of clients, which are rejected by the same rules and for the same reasons as JSON.</summary>
public sealed class MessagePackPacketReaderTests : IDisposable
{
    private readonly MessagePackPacketReader _reader = new(Limits.Default);

    [Theory]
    [InlineData("", "truncated")]
    [InlineData("c0", "packet")]
    [InlineData("90", "packet")]
    [InlineData("a26869", "packet")]
    [InlineData("83 01 02 a464617461 91a178 a36e7370 a12f", "packet")] // a member without a name
    [InlineData("84 a474797065 02 a474797065 02 a464617461 91a178 a36e7370 a12f", "packet")] // a member twice
    [InlineData("84 a474797065 02 a464617461 91a178 a464617461 91a179 a36e7370 a12f", "packet")]
    [InlineData("83 a474797065 02 a464617461 91a178 a36e7370 a12f c0", "trailing")]
    [InlineData("83 a474797065 02 a464617461 91a178 a36e7370 a2", "truncated")]
    [InlineData("82 a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 05 a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 06 a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 ff a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 a132 a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 c0 a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 cb4002000000000000 a464617461 91a178 a36e7370 a12f", "type")] // 2.25
    [InlineData("83 a474797065 cf8000000000000000 a464617461 91a178 a36e7370 a12f", "type")]
    [InlineData("83 a474797065 04 a464617461 80 a36e7370 a12f", "type")] // a connect error from a client
    [InlineData("82 a474797065 02 a464617461 91a178", "path")]
    [InlineData("83 a474797065 02 a464617461 91a178 a36e7370 a0", "path")]
    [InlineData("83 a474797065 02 a464617461 91a178 a36e7370 c4012f", "path")]
    [InlineData("83 a474797065 02 a464617461 91a178 a36e7370 a478797a30", "path")]
    [InlineData("83 a474797065 02 a464617461 91a178 a36e7370 a42f612c62", "path")] // a comma
    [InlineData("84 a474797065 02 a464617461 91a178 a36e7370 a12f a26964 ff", "id")]
    [InlineData("84 a474797065 02 a464617461 91a178 a36e7370 a12f a26964 c0", "id")]
    [InlineData("84 a474797065 02 a464617461 91a178 a36e7370 a12f a26964 a131", "id")]
    [InlineData("84 a474797065 02 a464617461 91a178 a36e7370 a12f a26964 cb3ff8000000000000", "id")] // 1.5
    [InlineData("84 a474797065 02 a464617461 91a178 a36e7370 a12f a26964 cb7ff8000000000000", "id")] // NaN
    [InlineData("84 a474797065 02 a464617461 91a178 a36e7370 a12f a26964 cb43f0000000000000", "id")] // 2^64
    [InlineData("83 a474797065 00 a464617461 90 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 00 a464617461 c0 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 00 a464617461 a178 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 01 a464617461 80 a36e7370 a12f", "payload")]
    [InlineData("82 a474797065 02 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 d40000 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 90 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 80 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 91c0 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 91c40178 a36e7370 a12f", "payload")] // a name of bytes
    [InlineData("83 a474797065 02 a464617461 91a7636f6e6e656374 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 91aa646973636f6e6e656374 a36e7370 a12f", "payload")]
    [InlineData("82 a474797065 03 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 03 a464617461 80 a36e7370 a12f", "payload")]
    [InlineData("83 a474797065 02 a464617461 dd7fffffff a36e7370 a12f", "truncated")] // more items than bytes
    [InlineData("83 a474797065 02 a464617461 92a178c1 a36e7370 a12f", "code")]
    public void A_malformed_packet_is_rejected(string hex, string reason) =>
        Assert.Equal(reason, Wire.ReasonOf(() => _reader.Binary(Wire.Hex(hex))));

    /// <summary>Asserts that both formats read a packet as the same value or reject it for the same reason.</summary>
    [Fact]
    public void Both_formats_have_the_same_rules()
    {
        string?[] bodies =
        [
            null, "{}", "[]", "{\"a\":1}", "[\"x\"]", "[\"x\",{\"a\":[1,null,\"é\"]}]", "[1.5,2]", "[null]", "[[]]", "[true]",
                "[\"connect\"]", "[\"disconnecting\"]",
            "[\"newListener\",1]", "\"text\"", "null", $"[\"x\",{Nested(63)}]", $"[\"x\",{Nested(64)}]", Nested(64), Nested(65),
        ];
        var outcomes = new HashSet<string>();
        foreach (var type in new[] { 0, 1, 2, 3, 4 })
        {
            // In JSON, packets that clients may not send, or only without a body, are rejected before the body is read.
            foreach (var body in bodies.Where(body => type is not (1 or 4) || body?.Length is null or < 60))
            {
                foreach (var (path, id) in new[] { ("/", (ulong?)null), ("/chat", 7UL) })
                {
                    using var text = new JsonPacketReader(Limits.Default);
                    var expected = OutcomeOf(() => text.Text($"{type}{(path == "/" ? "" : path + ",")}{id}{body}"));
                    var members = $"{(id is null ? "" : $",\"id\":{id}")}{(body is null ? "" : $",\"data\":{body}")}";
                    var packet = Wire.MessagePack(
                        $"{{\"type\":{type},\"nsp\":\"{path}\"{members}}}", limits: Limits.Default with { Depth = 100 });
                    Assert.Equal(($"{type} {path} {body}", expected), ($"{type} {path} {body}", OutcomeOf(() => _reader.Binary(packet))));
                    outcomes.Add(expected);
                }
            }
        }

        foreach (var reason in new[] { "type", "payload", "depth" }) Assert.Contains(reason, outcomes);
        Assert.InRange(outcomes.Count(outcome => outcome.StartsWith("Packet", StringComparison.Ordinal)), 15, 60);
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static string OutcomeOf(Func<Packet?> read)
    {
        try
        {
            return read() is { } packet
                ? $"Packet {packet.Type} {packet.Path} {packet.Id} {(packet.Body.IsEmpty ? "" : Wire.Json(packet.Body))}" : "more";
        }
        catch (ProtocolException exception)
        {
            return exception.Reason.Text();
        }
    }

    [Fact]
    public void Text_is_rejected() => Assert.Equal("order", Wire.ReasonOf(() => _reader.Text("2[\"hi\"]"u8)));

    [Theory]
    [InlineData("a26964 00", 0UL)]
    [InlineData("a26964 cfffffffffffffffff", ulong.MaxValue)]
    [InlineData("a26964 cb4008000000000000", 3UL)]
    [InlineData("a26964 d40000", null)]
    [InlineData("a178 01", null)]
    public void Ack_ids_are_non_negative_integers(string member, ulong? id) =>
        Assert.Equal(id, _reader.Binary(Wire.Hex("84 a474797065 cb4000000000000000 a464617461 91a178 a36e7370 a12f" + member))!.Value.Id);

    [Fact]
    public void Depth_and_size_have_the_same_limits_as_in_JSON()
    {
        Assert.Equal(64, _reader.Binary(Deep(64))!.Value.Body.Span.Count((byte)0x91));
        Assert.Equal("depth", Wire.ReasonOf(() => _reader.Binary(Deep(65))));
        Assert.Equal("depth",
            Wire.ReasonOf(
                () => _reader.Binary(
                    Wire.Hex("84 a474797065 02 a464617461 91a178 a36e7370 a12f a178" + string.Concat(Enumerable.Repeat("91", 65))
                        + "01"))));
        using var small = new MessagePackPacketReader(new Limits { PacketBytes = 20 });
        Assert.Equal("size", Wire.ReasonOf(() => small.Binary(Deep(8))));
        Assert.Equal("path",
            Wire.ReasonOf(
                () => _reader.Binary(
                    Wire.Hex("82 a474797065 01 a36e7370 da0401"
                        + Convert.ToHexString(Encoding.ASCII.GetBytes("/" + new string('a', 1024)))))));
        Assert.Equal(1024,
            _reader.Binary(
                Wire.Hex("82 a474797065 01 a36e7370 da0400"
                    + Convert.ToHexString(Encoding.ASCII.GetBytes("/" + new string('a', 1023)))))!.Value.Path.Length);
    }

    [Fact]
    public void The_length_of_converted_keys_is_limited()
    {
        // Each key of two bytes is "[object Object]" in JavaScript.
        const int pairs = 30_000;
        var body = string.Concat(Enumerable.Repeat("8001", pairs));
        using var reader = new MessagePackPacketReader(new Limits { PacketBytes = 100_000 });
        Assert.Equal("size",
            Wire.ReasonOf(() => reader.Binary(Wire.Hex($"83 a474797065 02 a36e7370 a12f a464617461 92a178 df{pairs:x8}{body}"))));
    }

    [Fact]
    public void The_body_of_a_packet_is_a_copy()
    {
        var bytes = Wire.Hex("83 a474797065 02 a464617461 92a178 05 a36e7370 a12f");
        var packet = _reader.Binary(bytes)!.Value;
        Array.Clear(bytes);
        Assert.Equal("""["x",5]""", Wire.Json(packet.Body));
        Assert.Same(packet.Path, _reader.Binary(Wire.Hex("82 a474797065 01 a36e7370 a12f"))!.Value.Path);
    }

    [Fact]
    public void Any_bytes_are_rejected_or_read_as_data_that_all_other_readers_accept()
    {
        var seeds = Vector.Read("09-msgpack-parser").Select(row => row.Payload)
            .Concat(GoldenRow.Load(GoldenRow.Decode).Where(row => row.Payload.Length < 200)
                .Select(row => (byte[])[.. Wire.Hex("83 a474797065 03 a36e7370 a12f a464617461 91"), .. row.Payload])).ToArray();
        Gen.Select(Gen.Int[0, seeds.Length - 1].Select(i => seeds[i]), Gen.Byte, Gen.Byte, Gen.Int[0, 199], Gen.Int[0, 199]).Sample(
            (seed, first, second, at, and) =>
            {
                var mutated = seed.ToArray();
                mutated[at % mutated.Length] = first;
                mutated[and % mutated.Length] ^= second;
                using var reader = new MessagePackPacketReader(Limits.Default);
                try
                {
                    if (reader.Binary(mutated) is { Body.IsEmpty: false } packet) CheckBody(packet.Body);
                }
                catch (ProtocolException exception)
                {
                    Assert.NotEmpty(exception.Reason.Text());
                }
            },
            iter: 100_000);
    }

    [Fact]
    public void Normalization_is_idempotent_and_keeps_the_value()
    {
        foreach (var row in GoldenRow.Load(GoldenRow.Decode).Where(row => !row.IsError))
        {
            foreach (var forNotepack in new[] { false, true })
            {
                var once = Form(row.Payload, forNotepack);
                Assert.Equal((row.Name, Convert.ToHexString(once)), (row.Name, Convert.ToHexString(Form(once, forNotepack))));
                Assert.Equal((row.Name, Json(row.Payload)), (row.Name, Json(once)));
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    // Received data is forwarded in both formats and read as values.
    private static void CheckBody(ReadOnlyMemory<byte> body)
    {
        Wire.Json(body);
        var standard = Form(body.Span, forNotepack: false);
        Assert.Equal(Convert.ToHexString(body.Span), Convert.ToHexString(standard));
        Assert.Equal(Wire.Json(body), Wire.Json(Form(body.Span, forNotepack: true)));
    }

    private static string Json(ReadOnlySpan<byte> value) => Wire.Json(value.ToArray(), binaries: BinaryForm.Buffer);

    private static byte[] Form(ReadOnlySpan<byte> value, bool forNotepack)
    {
        using var buffer = PooledBuffer.Rent();
        Assert.Equal(value.Length, MessagePackNormalizer.Write(value, 0, 1, buffer, Limits.Default.Depth, int.MaxValue, forNotepack));
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Deep(int levels) =>
        Wire.Hex("83 a474797065 03 a36e7370 a12f a464617461" + string.Concat(Enumerable.Repeat("91", levels)) + "01");
}
