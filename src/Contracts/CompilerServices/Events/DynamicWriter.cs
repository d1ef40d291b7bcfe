using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes values of types that are known only at run time; called by generated code.</summary>
/// <remarks>JSON documents are converted in the same way as a client's JSON, which needs memory of their size.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DynamicWriter
{
    /// <summary>Writes a JSON value; an undefined one is written as nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    public static void WriteJsonElement(ref MessagePackWriter writer, JsonElement value, int depth)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNil();
            return;
        }

        using var json = PooledBuffer.Rent();
        using (var text = new Utf8JsonWriter(json)) value.WriteTo(text);
        WriteJson(ref writer, json, depth);
    }

    /// <summary>Writes a JSON document, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    public static void WriteJsonDocument(ref MessagePackWriter writer, JsonDocument? value, int depth) =>
        WriteJsonElement(ref writer, value?.RootElement ?? default, depth);

    /// <summary>Writes a JSON value, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    public static void WriteJsonNode(ref MessagePackWriter writer, JsonNode? value, int depth)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        using var json = PooledBuffer.Rent();
        using (var text = new Utf8JsonWriter(json)) value.WriteTo(text);
        WriteJson(ref writer, json, depth);
    }

    /// <inheritdoc cref="WriteJsonNode"/>
    public static void WriteJsonObject(ref MessagePackWriter writer, JsonObject? value, int depth) =>
        WriteJsonNode(ref writer, value, depth);

    /// <inheritdoc cref="WriteJsonNode"/>
    public static void WriteJsonArray(ref MessagePackWriter writer, JsonArray? value, int depth) => WriteJsonNode(ref writer, value, depth);

    /// <summary>Writes a received argument without conversion.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    public static void WriteSocketArgument(ref MessagePackWriter writer, SocketArgument value, int depth)
    {
        var cursor = new MessagePackCursor(value.Raw.Span);
        try
        {
            cursor.Skip(Math.Max(0, ValueWriter.MaxDepth - depth));
        }
        catch (ProtocolException e)
        {
            throw new MessagePackSerializationException($"The argument cannot be sent on: {e.Message}", e);
        }

        writer.WriteRaw(value.Raw.Span);
    }

    /// <summary>Writes a value of any type that types.md lists for <c>object</c>, or nil.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    /// <exception cref="ArgumentException">The value has another type.</exception>
    public static void WriteObject(ref MessagePackWriter writer, object? value, int depth)
    {
        if (TryWriteNumber(ref writer, value) || TryWriteText(ref writer, value)) return;
        switch (value)
        {
            case bool v: ValueWriter.Write(ref writer, v); break;
            case DateTime v: ValueWriter.Write(ref writer, v, "A date in a value of type object"); break;
            case DateTimeOffset v: ValueWriter.Write(ref writer, v); break;
            case byte[] v: ValueWriter.Write(ref writer, v); break;
            case ReadOnlyMemory<byte> v: ValueWriter.Write(ref writer, v); break;
            case Memory<byte> v: ValueWriter.Write(ref writer, v); break;
            case ArraySegment<byte> v: ValueWriter.Write(ref writer, v); break;
            case JsonElement v: WriteJsonElement(ref writer, v, depth); break;
            case JsonDocument v: WriteJsonDocument(ref writer, v, depth); break;
            case JsonNode v: WriteJsonNode(ref writer, v, depth); break;
            case SocketArgument v: WriteSocketArgument(ref writer, v, depth); break;
            case IEnumerable<KeyValuePair<string, object?>> v: WriteMap(ref writer, v, depth); break;
            case IEnumerable<object?> v: WriteArray(ref writer, v, depth); break;
            default: WriteOther(ref writer, value!, depth); break;
        }
    }

    private static void WriteOther(ref MessagePackWriter writer, object value, int depth)
    {
        if (PayloadFormatters.TryWrite(ref writer, value, depth)) return;
        switch (value)
        {
            case Enum v when !SimpleFormatters.IsText(v.GetType()): EnumReader.Write(ref writer, v); break;
            case ITuple v: WriteArray(ref writer, Enumerable.Range(0, v.Length).Select(i => v[i]), depth); break;
            case IDictionary v: WriteMap(ref writer, v, depth); break;
            case IEnumerable v: WriteArray(ref writer, v.Cast<object?>(), depth); break;
            default: throw new ArgumentException(
                $"A value of type {value.GetType()} cannot be sent as object: apply [SocketPayload] to the type, declare it in the "
                + "contract, or use text, numbers, dates, bytes, JSON, tuples, collections or dictionaries of them.");
        }
    }

    private static void WriteMap(ref MessagePackWriter writer, IDictionary value, int depth)
    {
        ValueWriter.CheckDepth(depth);
        var left = value.Count;
        writer.WriteMapHeader(left);
        foreach (DictionaryEntry item in value)
        {
            WriteKey(ref writer, item.Key, depth);
            WriteObject(ref writer, item.Value, depth + 1);
            left--;
        }

        ValueWriter.CheckCount(left);
    }

    private static void WriteKey(ref MessagePackWriter writer, object key, int depth)
    {
        switch (key)
        {
            case bool v: FrameworkWriter.WriteKey(ref writer, v); break;
            case double v: FrameworkWriter.WriteKey(ref writer, v); break;
            case float v: FrameworkWriter.WriteKey(ref writer, v); break;
            case Half v: FrameworkWriter.WriteKey(ref writer, v); break;
            case DateTime v: FrameworkWriter.WriteKey(ref writer, v); break;
            case DateTimeOffset v: FrameworkWriter.WriteKey(ref writer, v); break;
            case TimeSpan v: FrameworkWriter.WriteKey(ref writer, v); break;
            case Enum v when PayloadFormatters.TryWrite(ref writer, v, depth): break;
            case Enum v when !SimpleFormatters.IsText(v.GetType()): writer.Write(v.ToString("D")); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                writer.Write(((IFormattable)key).ToString(null, CultureInfo.InvariantCulture));
                break;
            case string or char or decimal or Guid or Int128 or UInt128 or BigInteger or Uri or Version or DateOnly or TimeOnly:
                TryWriteText(ref writer, key);
                break;
            default: throw new ArgumentException($"A dictionary with a key of type {key.GetType()} cannot be sent as object.");
        }
    }

    private static bool TryWriteNumber(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case int v: ValueWriter.Write(ref writer, v); break;
            case long v: ValueWriter.Write(ref writer, v); break;
            case double v: ValueWriter.Write(ref writer, v); break;
            case float v: ValueWriter.Write(ref writer, v); break;
            case byte v: ValueWriter.Write(ref writer, v); break;
            case sbyte v: ValueWriter.Write(ref writer, v); break;
            case short v: ValueWriter.Write(ref writer, v); break;
            case ushort v: ValueWriter.Write(ref writer, v); break;
            case uint v: ValueWriter.Write(ref writer, v); break;
            case ulong v: ValueWriter.Write(ref writer, v); break;
            case nint v: ValueWriter.Write(ref writer, v); break;
            case nuint v: ValueWriter.Write(ref writer, v); break;
            case Half v: FrameworkWriter.WriteHalf(ref writer, v); break;
            case TimeSpan v: ValueWriter.Write(ref writer, v); break;
            default: return false;
        }

        return true;
    }

    private static bool TryWriteText(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNil(); break;
            case string v: ValueWriter.Write(ref writer, v); break;
            case char v: ValueWriter.Write(ref writer, v); break;
            case decimal v: ValueWriter.Write(ref writer, v); break;
            case Guid v: ValueWriter.Write(ref writer, v); break;
            case Int128 v: FrameworkWriter.WriteInt128(ref writer, v); break;
            case UInt128 v: FrameworkWriter.WriteUInt128(ref writer, v); break;
            case BigInteger v: FrameworkWriter.WriteBigInteger(ref writer, v); break;
            case Uri v: FrameworkWriter.WriteUri(ref writer, v); break;
            case Version v: FrameworkWriter.WriteVersion(ref writer, v); break;
            case DateOnly v: FrameworkWriter.WriteDateOnly(ref writer, v); break;
            case TimeOnly v: FrameworkWriter.WriteTimeOnly(ref writer, v); break;
            case Rune v: FrameworkWriter.WriteRune(ref writer, v); break;
            default: return false;
        }

        return true;
    }

    private static void WriteMap(ref MessagePackWriter writer, IEnumerable<KeyValuePair<string, object?>> value, int depth)
    {
        ValueWriter.CheckDepth(depth);
        var items = value.ToArray();
        writer.WriteMapHeader(items.Length);
        foreach (var (key, item) in items)
        {
            writer.Write(key);
            WriteObject(ref writer, item, depth + 1);
        }
    }

    private static void WriteArray(ref MessagePackWriter writer, IEnumerable<object?> value, int depth)
    {
        ValueWriter.CheckDepth(depth);
        var items = value.ToArray();
        writer.WriteArrayHeader(items.Length);
        foreach (var item in items) WriteObject(ref writer, item, depth + 1);
    }

    private static void WriteJson(ref MessagePackWriter writer, PooledBuffer json, int depth)
    {
        try
        {
            var limits = Limits.Outgoing with { Depth = Math.Max(0, ValueWriter.MaxDepth - depth) };
            writer.WriteRaw(JsonToMessagePack.Convert(json.WrittenSpan, limits));
        }
        catch (ProtocolException e)
        {
            throw new MessagePackSerializationException($"The JSON value cannot be sent: {e.Message}", e);
        }
    }
}
