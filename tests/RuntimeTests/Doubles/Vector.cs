using System.Text;
using System.Text.Json;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A row of a file with recorded data.</summary>
internal sealed class Vector(JsonElement row)
{
    public string Name => Text("name");

    public string Command => Text("command");

    public string Channel => Text("channel");

    /// <summary>Gets the name of the event, or an empty string if it was not recorded.</summary>
    public string Event => Text("event");

    /// <summary>Gets the recorded arguments of the event that an official client receives; bytes are <c>{"$binary": base64}</c>.</summary>
    public string Arguments => row.GetProperty("args").GetRawText();

    /// <summary>Gets a value indicating whether the message has no bytes.</summary>
    public bool IsEmpty => Text("payloadHex").Length is 0;

    public byte[] Payload => Convert.FromHexString(Text("payloadHex"));

    public bool IsMessagePack => Text("encoding") == "msgpack";

    /// <summary>Returns a message with its random parts, such as ids, replaced by question marks.</summary>
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

    /// <summary>Gets the recorded results of the JavaScript libraries.</summary>
    public JsonElement Observed => row.GetProperty("observed");

    public JsonElement Decoded => row.GetProperty("decoded");

    public static IReadOnlyList<Vector> Read(string file) =>
        [.. JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file + ".json"))).RootElement.EnumerateArray()
                .Select(row => new Vector(row))];

    public override string ToString() => Name;

    private string Text(string property) => row.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";
}
