using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads values of any form; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DynamicReader
{
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a value as JSON: dates are ISO 8601 text, bytes <c>{"type":"Buffer","data":[1,2]}</c>.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value, copied to new memory; nil is JSON's null.</returns>
    public static JsonElement ReadJsonElement(ref MessagePackReader reader)
    {
        using var json = ReadJson(ref reader);
        return JsonElement.Parse(json.WrittenSpan);
    }

    /// <inheritdoc cref="ReadJsonElement"/>
    public static JsonDocument? ReadJsonDocument(ref MessagePackReader reader)
    {
        using var json = ReadJson(ref reader);
        return JsonDocument.Parse(json.WrittenMemory.ToArray());
    }

    /// <summary>Reads a value as JSON, as <see cref="ReadJsonElement"/>; an object may not repeat a name.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value; null for nil.</returns>
    public static JsonNode? ReadJsonNode(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        using var json = ReadJson(ref reader);
        try
        {
            return JsonNode.Parse(json.WrittenSpan, documentOptions: NoDuplicates);
        }
        catch (JsonException e)
        {
            throw new EventDataException("an object whose properties have different names", "a name twice", e);
        }
    }

    /// <inheritdoc cref="ReadJsonNode"/>
    public static JsonObject? ReadJsonObject(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        if (reader.NextMessagePackType != MessagePackType.Map) throw ValueReader.Unexpected(ref reader, "an object");
        return (JsonObject?)ReadJsonNode(ref reader);
    }

    /// <inheritdoc cref="ReadJsonNode"/>
    public static JsonArray? ReadJsonArray(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        if (reader.NextMessagePackType != MessagePackType.Array) throw ValueReader.Unexpected(ref reader, "an array");
        return (JsonArray?)ReadJsonNode(ref reader);
    }

    /// <summary>Reads a value without conversion.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value, copied to new memory.</returns>
    public static SocketArgument ReadSocketArgument(ref MessagePackReader reader) => new(0, Raw(ref reader).ToArray());

    /// <summary>
    /// Reads a value as its own kind: null, <see cref="bool"/>, <see cref="long"/>, <see cref="ulong"/> if larger,
    /// <see cref="double"/>, <see cref="string"/>, <see cref="DateTime"/> in UTC, <c>byte[]</c>, <c>List&lt;object?&gt;</c> or
    /// <c>Dictionary&lt;string, object?&gt;</c>.
    /// </summary>
    /// <param name="reader">The input.</param>
    /// <param name="options">The options whose security limits the depth, or null.</param>
    /// <returns>The value.</returns>
    public static object? ReadObject(ref MessagePackReader reader, MessagePackSerializerOptions? options)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil: reader.ReadNil(); return null;
            case MessagePackType.Boolean: return reader.ReadBoolean();
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                var large = reader.ReadUInt64();
                return large <= long.MaxValue ? (long)large : large;
            case MessagePackType.Integer: return reader.ReadInt64();
            case MessagePackType.Float: return reader.ReadDouble();
            case MessagePackType.String: return reader.ReadString();
            case MessagePackType.Binary: return ValueReader.ReadBytes(ref reader);
            case MessagePackType.Extension: return ReadExtension(ref reader);
            case MessagePackType.Array: return ReadList(ref reader, options);
            case MessagePackType.Map: return ReadDictionary(ref reader, options);
            default: throw ValueReader.Unexpected(ref reader, "a value");
        }
    }

    // JavaScript encoders have an extension for undefined, and old ones for bytes and for dates.
    private static object? ReadExtension(ref MessagePackReader reader)
    {
        var isSized = reader.NextCode is MessagePackCode.Ext8 or MessagePackCode.Ext16 or MessagePackCode.Ext32;
        var header = reader.CreatePeekReader().ReadExtensionFormatHeader();
        if (header.TypeCode != 0 || (!isSized && header.Length == sizeof(long))) return ValueReader.ReadDateTime(ref reader);
        if (isSized || header.Length != 1) return ValueReader.ReadBytes(ref reader);
        reader.ReadExtensionFormat();
        return null;
    }

    private static List<object?> ReadList(ref MessagePackReader reader, MessagePackSerializerOptions? options)
    {
        var count = ValueReader.ReadArrayHeader(ref reader, options);
        var items = new List<object?>(count);
        for (var i = 0; i < count; i++) items.Add(ReadObject(ref reader, options));
        ValueReader.Leave(ref reader);
        return items;
    }

    private static Dictionary<string, object?> ReadDictionary(ref MessagePackReader reader, MessagePackSerializerOptions? options)
    {
        var count = ValueReader.ReadMapHeader(ref reader, options);
        var items = new Dictionary<string, object?>();
        for (var i = 0; i < count; i++) items[ValueReader.ReadTextKey(ref reader)] = ReadObject(ref reader, options);
        ValueReader.Leave(ref reader);
        return items;
    }

    private static ReadOnlySequence<byte> Raw(ref MessagePackReader reader)
    {
        var start = reader.Position;
        ValueReader.Skip(ref reader);
        return reader.Sequence.Slice(start, reader.Position);
    }

    private static PooledBuffer ReadJson(ref MessagePackReader reader)
    {
        var limits = Limits.Outgoing with { Depth = Math.Max(0, ValueWriter.MaxDepth - reader.Depth) };
        var raw = Raw(ref reader);
        var json = PooledBuffer.Rent();
        try
        {
            Transcoder.Write(raw.IsSingleSegment ? raw.First : raw.ToArray(), json, limits, BinaryForm.Buffer);
            return json;
        }
        catch (ProtocolException e)
        {
            json.Dispose();
            throw new EventDataException("a value that JSON can hold", e.Message.TrimEnd('.'), e);
        }
    }
}
