using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class RoundTripTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 40], Gen.String[Gen.Char.AlphaNumeric, 0, 300], Gen.Const("é😀\"\\/\b\f\n\r\t\u0000\u001f\u2028"));

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Texts.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Long[-JsNumber.MaxExact, JsNumber.MaxExact].Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Values = Gen.Recursive<JsonNode?>((depth, inner) => depth >= 3
        ? Scalars
        : Gen.OneOf(
            Scalars,
            inner.Array[0, 10].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(Texts, inner).Array[0, 10].Select(pairs => (JsonNode?)new JsonObject(
                pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2?.DeepClone()))))));

    [Fact]
    public void Json_is_unchanged_after_a_round_trip_through_MessagePack() => Values.Sample(
        value =>
        {
            var json = value?.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
            var back = Wire.Json(Wire.MessagePack(json));
            return Same(JsonNode.Parse(json), JsonNode.Parse(back)) && Wire.Json(Wire.MessagePack(back)) == back;
        },
        iter: 1_000);

    [Fact]
    public void MessagePack_is_unchanged_after_a_round_trip_through_json() => Values.Sample(
        value =>
        {
            var bytes = Wire.MessagePack(value?.ToJsonString() ?? "null");
            return Wire.MessagePack(Wire.Json(bytes)).AsSpan().SequenceEqual(bytes);
        },
        iter: 1_000);

    [Fact]
    public void Attachments_are_unchanged_after_a_round_trip() => Gen.Byte.Array[0, 300].Array[1, 10].Sample(
        blobs =>
        {
            var writer = new System.Buffers.ArrayBufferWriter<byte>();
            var pack = new MessagePack.MessagePackWriter(writer);
            pack.WriteArrayHeader(blobs.Length + 1);
            pack.Write("blobs");
            foreach (var blob in blobs) pack.Write(blob);
            pack.Flush();

            var frame = JsonPacketWriter.Event("/files", new EventData(writer.WrittenMemory), 3);
            using var reader = new JsonPacketReader(Limits.Default);
            var packet = reader.Text(frame.Payload(frame.Parts[0])[1..]);
            foreach (var bytes in Wire.Attachments(frame))
            {
                Assert.Null(packet);
                packet = reader.Binary(bytes);
            }

            Assert.Equal((PacketType.Event, "/files", 3UL), (packet!.Value.Type, packet.Value.Path, packet.Value.Id));
            Assert.Equal(writer.WrittenSpan, packet.Value.Body.Span);
        },
        iter: 1_000);

    private static bool Same(JsonNode? first, JsonNode? second) => (first, second) switch
    {
        (null, null) => true,
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (JsonObject a, JsonObject b) =>
            a.Count == b.Count && a.Zip(b).All(pair => pair.First.Key == pair.Second.Key && Same(pair.First.Value, pair.Second.Value)),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number =>
            double.Parse(a.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
                .Equals(double.Parse(b.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) + 0.0)
            || double.Parse(a.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) == 0,
        (JsonValue a, JsonValue b) => JsonNode.DeepEquals(a, b),
        _ => false,
    };
}
