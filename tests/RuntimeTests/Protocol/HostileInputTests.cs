using System.Text;
using CsCheck;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class HostileInputTests
{
    private static readonly byte[][] Seeds =
        [.. new[] { GoldenRow.Decode, GoldenRow.Encode }.SelectMany(GoldenRow.Load).Select(row => row.Payload)];

    private static readonly byte[][] Messages =
        [.. new[]
        {
            """2["hi",1,{"a":[true,null,"\ud83d\ude00"]}]""",
            """51-/chat,12["x",{"_placeholder":true,"num":0}]""",
            """51-/chat,12["\ud83d",{"_placehold\ud83d":{"n\u0075m":0,"\u005fplaceholder":true},"\ude00um":"\\"}]""",
            """0/admin,{"token":"t"}""",
            "1/chat,",
            """3/chat,7[0.5,-1e3]""",
        }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Every_truncated_payload_is_rejected_with_a_reason()
    {
        var whole = new[] { GoldenRow.Decode, GoldenRow.Encode }.SelectMany(GoldenRow.Load).Where(row => !row.IsError)
            .Select(row => row.Payload);
        var accepted = from payload in whole
                       from length in Enumerable.Range(0, Math.Min(payload.Length, 400))
                       where Transcodes(payload.AsMemory(0, length))
                       select Convert.ToHexString(payload[..length]);
        Assert.Empty(accepted);
    }

    [Fact]
    public void Readers_accept_or_reject_any_bytes()
    {
        var small = Seeds.Where(payload => payload.Length is > 0 and < 100).ToArray();
        Gen.Select(Gen.Int[0, small.Length - 1].Select(i => small[i]), Gen.Byte, Gen.Byte, Gen.Int[0, 99], Gen.Int[0, 99]).Sample(
            (payload, first, second, at, and) =>
            {
                var mutated = payload.ToArray();
                mutated[at % mutated.Length] = first;
                mutated[and % mutated.Length] ^= second;
                if (Transcodes(mutated)) Assert.True(ReadsBack(mutated), Convert.ToHexString(mutated));
                _ = EventHeader.TryRead(mutated, out _);
                ReadArguments(mutated);
            },
            iter: 200_000);
    }

    [Fact]
    public void The_packet_reader_accepts_or_rejects_any_message() =>
        Gen.Select(Gen.Int[0, Messages.Length - 1].Select(i => Messages[i]), Gen.Byte.Array[0, 3], Gen.Int[0, 60], Gen.Int[0, 3]).Sample(
            (message, inserted, at, removed) =>
            {
                at %= message.Length;
                byte[] mutated = [.. message[..at], .. inserted, .. message[Math.Min(message.Length, at + removed)..]];
                using var reader = new JsonPacketReader(Limits.Default);
                try
                {
                    var packet = reader.Text(mutated) ?? reader.Binary(new byte[3]);
                    if (packet is { Body.Length: > 0 } complete) Wire.Json(complete.Body);
                }
                catch (ProtocolException e)
                {
                    Assert.NotEmpty(e.Reason.Text());
                }
            },
            iter: 100_000);

    [Theory]
    [InlineData(0x91, "depth")]
    [InlineData(0x81, "depth")]
    public void Deep_nesting_is_rejected_before_a_stack_overflow(byte code, string reason)
    {
        var bomb = new byte[500_000];
        Array.Fill(bomb, code);
        Assert.Equal(reason, Wire.ReasonOf(() => Wire.Json(bomb)));
        Assert.Equal(reason, Wire.ReasonOf(() => new MessagePackCursor(bomb).Skip(Limits.Default.Depth)));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Json_and_MessagePack_have_the_same_maximum_depth(string open, string close)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        var deepest = Wire.MessagePack(Nested(Limits.Default.Depth));
        Assert.Equal(Nested(Limits.Default.Depth), Wire.Json(deepest));
        Assert.Equal("depth", Wire.ReasonOf(() => Wire.MessagePack(Nested(Limits.Default.Depth + 1))));
        byte[] deeper = [0x91, .. deepest];
        Assert.Equal("depth", Wire.ReasonOf(() => Wire.Json(deeper)));
        Assert.Equal("depth", Wire.ReasonOf(() => Wire.MessagePack(string.Concat(Enumerable.Repeat(open, 100_000)))));
    }

    [Theory]
    [InlineData("dd7fffffff")]
    [InlineData("ddffffffff")]
    [InlineData("dfffffffff")]
    [InlineData("dbffffffff")]
    [InlineData("c6ffffffff")]
    [InlineData("c97fffffff05")]
    [InlineData("9f dd00ffffff c0")]
    public void No_memory_is_allocated_for_an_impossible_length(string hex)
    {
        var payload = Wire.Hex(hex);
        Transcodes(payload);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(Transcodes(payload));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8192);
    }

    private static bool Transcodes(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var buffer = PooledBuffer.Rent();
            Transcoder.Write(payload, buffer, Limits.Default);
            return true;
        }
        catch (ProtocolException e)
        {
            Assert.NotEmpty(e.Reason.Text());
            return false;
        }
    }

    // Invalid JSON text would close the connection of a client.
    private static bool ReadsBack(byte[] payload)
    {
        using var buffer = PooledBuffer.Rent();
        var attachments = Transcoder.Write(payload, buffer, Limits.Default);
        using var document = System.Text.Json.JsonDocument.Parse(buffer.WrittenMemory);
        return JsonToMessagePack.Convert(buffer.WrittenSpan, Limits.Default with { Depth = 70 }, attachments).Length > 0;
    }

    private static void ReadArguments(byte[] data)
    {
        try
        {
            var arguments = SocketArguments.OfEvent(data);
            for (var i = 0; i < arguments.Count; i++) Assert.NotEmpty(arguments[i].ToJson());
        }
        catch (ProtocolException e)
        {
            Assert.NotEmpty(e.Reason.Text());
        }
        catch (FormatException e)
        {
            Assert.StartsWith("Argument ", e.Message, StringComparison.Ordinal);
        }
    }
}
