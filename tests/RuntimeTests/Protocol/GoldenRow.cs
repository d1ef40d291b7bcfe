using System.Text;
using System.Text.Json;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

/// <summary>A recorded MessagePack value with the value that notepack.io decodes.</summary>
public sealed record GoldenRow(string Name, byte[] Payload, JsonElement Decoded, bool IsError)
{
    public const string Decode = "01-notepack-decode.json";
    public const string Encode = "01-notepack-encode.json";
    public const string Large = "01-notepack-encode-large.json";

    /// <summary>Returns the rows of a file that have recorded bytes.</summary>
    public static IEnumerable<GoldenRow> Load(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", file)));
        foreach (var row in document.RootElement.EnumerateArray())
        {
            if (row.GetProperty("payloadHex").GetString() is not { } hex) continue;
            var isError = row.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null
                || row.TryGetProperty("decodeError", out error) && error.ValueKind != JsonValueKind.Null;
            yield return new GoldenRow(row.GetProperty("name").GetString()!, Convert.FromHexString(hex), row.GetProperty("decoded").Clone(),
                isError);
        }
    }

    public static GoldenRow Find(string file, string name) => Load(file).Single(row => row.Name == name);

    public static TheoryData<string> Names(string file, Func<GoldenRow, bool>? where = null) =>
        [.. Load(file).Where(where ?? (_ => true)).Select(row => row.Name)];

    /// <summary>Returns the output of <c>JSON.stringify</c> for the decoded value, and adds its binaries to a list.</summary>
    public string ExpectedJson(List<byte[]> attachments)
    {
        var text = new StringBuilder();
        Write(Decoded, text, attachments);
        return text.ToString();
    }

    private static void Write(JsonElement value, StringBuilder text, List<byte[]> attachments)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                Join(text, '[', ']', value.EnumerateArray().Select(item => (Action)(() => Write(item, text, attachments))));
                break;
            case JsonValueKind.Object when Marker(value) is { } marker:
                WriteMarker(marker, text, attachments);
                break;
            case JsonValueKind.Object:
                Join(text, '{', '}', value.EnumerateObject()
                    .Where(property => Marker(property.Value)?.Name != "$undef")
                    .Select(property => (Action)(() =>
                    {
                        text.Append('"').Append(property.Name).Append("\":");
                        Write(property.Value, text, attachments);
                    })));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static JsonProperty? Marker(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().FirstOrDefault() is { Value.ValueKind: not JsonValueKind.Undefined } first
                && first.Name.StartsWith('$')
            ? first
            : null;

    private static void WriteMarker(JsonProperty marker, StringBuilder text, List<byte[]> attachments)
    {
        switch (marker.Name)
        {
            case "$bin" or "$arraybuffer":
                Lift(Convert.FromHexString(marker.Value.GetString()!), text, attachments);
                break;
            case "$date":
                text.Append(marker.Value.GetRawText());
                break;
            case "$float":
                text.Append(marker.Value.GetString() == "-0" ? "0" : "null");
                break;
            case "$strRepeat":
                text.Append('"').Insert(text.Length, marker.Value.GetProperty("s").GetString()!, Count(marker)).Append('"');
                break;
            case "$binRepeat":
                Lift([.. Enumerable.Repeat(Convert.ToByte(marker.Value.GetProperty("byte").GetString(), 16), Count(marker))], text,
                    attachments);
                break;
            case "$arrRepeat":
                text.Append('[').AppendJoin(',', Enumerable.Repeat(marker.Value.GetProperty("item").GetRawText(), Count(marker)))
                    .Append(']');
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static int Count(JsonProperty marker) => marker.Value.GetProperty("count").GetInt32();

    private static void Lift(byte[] bytes, StringBuilder text, List<byte[]> attachments)
    {
        text.Append("{\"_placeholder\":true,\"num\":").Append(attachments.Count).Append('}');
        attachments.Add(bytes);
    }

    private static void Join(StringBuilder text, char open, char close, IEnumerable<Action> members)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var member in members)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            member();
        }

        text.Append(close);
    }
}
