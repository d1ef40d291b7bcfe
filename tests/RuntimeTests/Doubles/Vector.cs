using System.Text;
using System.Text.Json;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>One row of a file of golden data.</summary>
internal sealed class Vector(JsonElement row)
{
    public string Name => Text("name");

    public string Command => Text("command");

    public string Channel => Text("channel");

    /// <summary>The event's name, where it is recorded.</summary>
    public string Event => Text("event");

    /// <summary>The event's arguments as an official client gets them, where they are recorded; bytes are <c>{"$binary": base64}</c>.</summary>
    public string Arguments => row.GetProperty("args").GetRawText();

    public byte[] Payload => Convert.FromHexString(Text("payloadHex"));

    public bool IsMessagePack => Text("encoding") == "msgpack";

    /// <summary>The payload with its random parts, ids that are different each time, crossed out.</summary>
    public string Masked(ReadOnlySpan<byte> message)
    {
        var masked = message.ToArray();
        foreach (var part in row.TryGetProperty("random", out var parts) ? parts.EnumerateArray() : default)
        {
            var length = Encoding.UTF8.GetByteCount(part.GetProperty("text").GetString()!);
            foreach (var offset in part.GetProperty("offsets").EnumerateArray()) masked.AsSpan(offset.GetInt32(), length).Fill((byte)'?');
        }

        return Encoding.Latin1.GetString(masked);
    }

    /// <summary>What the JavaScript libraries were seen to do.</summary>
    public JsonElement Observed => row.GetProperty("observed");

    public JsonElement Decoded => row.GetProperty("decoded");

    public static IReadOnlyList<Vector> Read(string file) =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file + ".json"))).RootElement.EnumerateArray().Select(row => new Vector(row))];

    public override string ToString() => Name;

    private string Text(string property) => row.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";
}
