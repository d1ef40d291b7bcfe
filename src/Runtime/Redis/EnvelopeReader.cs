using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads broadcast envelopes of any producer; never throws, and slices <c>data</c> instead of decoding it.</summary>
/// <remarks>
/// Tolerated as other producers send it: any uid, maps in any order with more keys, keys as binary, type 5 and numbers of
/// any width, missing or empty <c>rooms</c>, <c>except</c> and <c>flags</c>, more elements. Rooms are texts here: a number
/// stands for its text, so 42 reaches the members of <c>"42"</c>.
/// </remarks>
/// <param name="path">The namespace it reads for.</param>
internal sealed class EnvelopeReader(string path)
{
    // A broadcast that lists more rooms than this is not one.
    private const int MaxRooms = 65_536;

    private static readonly int Depth = Limits.Default.Depth;

    private readonly byte[] _path = Encoding.UTF8.GetBytes(path);

    private readonly bool _isRoot = path == NamespacePath.Root;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="envelope">What it says; its data is a slice of the message.</param>
    /// <returns>Null, or why it is not to be delivered.</returns>
    public string? TryRead(ReadOnlyMemory<byte> message, out Envelope envelope)
    {
        envelope = default;
        var reader = new WireTokenReader(message.Span);
        if (!reader.TryRead(out var token)) return DropCause.Encoding;
        if (token.Kind != TokenKind.Array || token.Count < 3) return DropCause.Shape;

        var more = token.Count - 3;
        if (!reader.TrySkip(Depth)) return DropCause.Encoding;
        if (ReadPacket(message, ref reader, out var data) is { } packetCause) return packetCause;
        if (ReadOptions(ref reader, out var options) is { } optionsCause) return optionsCause;
        for (; more > 0; more--)
        {
            if (!reader.TrySkip(Depth)) return DropCause.Encoding;
        }

        if (!reader.AtEnd) return DropCause.Encoding;
        envelope = new Envelope(data, options);
        return null;
    }

    private string? ReadPacket(ReadOnlyMemory<byte> message, ref WireTokenReader reader, out EventData data)
    {
        data = default;
        if (!reader.TryRead(out var map)) return DropCause.Encoding;
        if (map.Kind != TokenKind.Map) return DropCause.Packet;

        var isEvent = false;
        var mine = _isRoot;
        var from = 0;
        var to = 0;
        for (var i = 0u; i < map.Count; i++)
        {
            if (!reader.TryRead(out var key)) return DropCause.Encoding;
            var start = reader.Position;
            if (key.IsText && key.Content.SequenceEqual("type"u8))
            {
                if (!TryReadValue(ref reader, out var type)) return DropCause.Encoding;
                isEvent = IsEvent(type);
            }
            else if (key.IsText && key.Content.SequenceEqual("nsp"u8))
            {
                if (!TryReadValue(ref reader, out var nsp)) return DropCause.Encoding;
                mine = nsp.IsUndefined ? _isRoot : nsp.IsText && nsp.Content.SequenceEqual(_path);
            }
            else
            {
                if (key.Kind is TokenKind.Array or TokenKind.Map || !reader.TrySkip(Depth)) return DropCause.Encoding;
                if (key.IsText && key.Content.SequenceEqual("data"u8)) (from, to) = (start, reader.Position);
            }
        }

        if (!mine) return DropCause.Namespace;
        if (!isEvent) return DropCause.Type;
        return ReadData(message[from..to], out data);
    }

    /// <summary>Checks <c>[event, ...args]</c>: a name that clients accept; one written as binary is rewritten as text.</summary>
    private static string? ReadData(ReadOnlyMemory<byte> bytes, out EventData data)
    {
        data = new EventData(bytes);
        var reader = new WireTokenReader(bytes.Span);
        if (!reader.TryRead(out var array) || array.Kind != TokenKind.Array || array.Count == 0) return DropCause.Data;
        if (!reader.TryRead(out var name)) return DropCause.Data;
        switch (name.Kind)
        {
            case TokenKind.Integer:
            case TokenKind.Float when double.IsFinite(name.Number):
                return null;
            case TokenKind.Text when !IsReserved(name.Content):
                return null;
            case TokenKind.Binary when !IsReserved(name.Content):
                data = WithTextName(array.Count, name.Content, bytes.Span[reader.Position..]);
                return null;
            default:
                return DropCause.Event;
        }
    }

    private static string? ReadOptions(ref WireTokenReader reader, out BroadcastOptions options)
    {
        options = BroadcastOptions.Everyone;
        if (!reader.TryRead(out var map)) return DropCause.Encoding;
        if (map.Kind == TokenKind.Array && map.Count == 0) return null;
        if (map.Kind != TokenKind.Map) return DropCause.Options;

        ImmutableArray<string> rooms = [];
        ImmutableArray<string> except = [];
        var flags = BroadcastFlags.None;
        for (var i = 0u; i < map.Count; i++)
        {
            if (!reader.TryRead(out var key) || key.Kind is TokenKind.Array or TokenKind.Map) return DropCause.Encoding;
            string? cause = null;
            if (key.IsText && key.Content.SequenceEqual("rooms"u8)) cause = ReadNames(ref reader, needsOne: true, out rooms);
            else if (key.IsText && key.Content.SequenceEqual("except"u8)) cause = ReadNames(ref reader, needsOne: false, out except);
            else if (key.IsText && key.Content.SequenceEqual("flags"u8)) cause = ReadFlags(ref reader, out flags);
            else if (!reader.TrySkip(Depth)) cause = DropCause.Encoding;
            if (cause is not null) return cause;
        }

        if (rooms.IsEmpty && except.IsEmpty && flags == BroadcastFlags.None) return null;
        options = new BroadcastOptions { Rooms = rooms, Except = except, Flags = flags };
        return null;
    }

    private static string? ReadNames(ref WireTokenReader reader, bool needsOne, out ImmutableArray<string> names)
    {
        names = [];
        if (!reader.TryRead(out var array)) return DropCause.Encoding;
        if (array.IsNothing) return null;
        if (array.Kind != TokenKind.Array || array.Count > MaxRooms) return DropCause.Rooms;

        var read = ImmutableArray.CreateBuilder<string>((int)array.Count);
        for (var i = 0u; i < array.Count; i++)
        {
            if (!TryReadValue(ref reader, out var name)) return DropCause.Encoding;
            if (name.IsText) read.Add(Encoding.UTF8.GetString(name.Content));
            else if (name.Kind is TokenKind.Integer or TokenKind.Float) read.Add(name.Number.ToString(CultureInfo.InvariantCulture));
        }

        // Rooms of which none can exist here mean nobody; no rooms at all would mean everybody.
        if (needsOne && array.Count > 0 && read.Count == 0) return DropCause.Rooms;
        names = read.DrainToImmutable();
        return null;
    }

    private static string? ReadFlags(ref WireTokenReader reader, out BroadcastFlags flags)
    {
        flags = BroadcastFlags.None;
        var start = reader;
        if (!reader.TryRead(out var map)) return DropCause.Encoding;
        if (map.Kind != TokenKind.Map)
        {
            reader = start;
            return reader.TrySkip(Depth) ? null : DropCause.Encoding;
        }

        for (var i = 0u; i < map.Count; i++)
        {
            if (!reader.TryRead(out var key) || key.Kind is TokenKind.Array or TokenKind.Map) return DropCause.Encoding;
            if (!TryReadValue(ref reader, out var value)) return DropCause.Encoding;
            if (key.IsText && key.Content.SequenceEqual("volatile"u8) && IsTrue(value)) flags |= BroadcastFlags.Volatile;
            if (key.IsText && key.Content.SequenceEqual("compress"u8)) flags |= IsTrue(value) ? BroadcastFlags.Compress : BroadcastFlags.NoCompress;
        }

        return null;
    }

    /// <summary>Reads a scalar, or the header of an array or map whose content it passes over.</summary>
    private static bool TryReadValue(ref WireTokenReader reader, out WireToken token)
    {
        var start = reader;
        return start.TryRead(out token) && reader.TrySkip(Depth);
    }

    private static bool IsEvent(WireToken type) => type.Kind switch
    {
        TokenKind.Integer or TokenKind.Float => type.Number is 2 or 5,
        TokenKind.Text => type.Content.SequenceEqual("2"u8) || type.Content.SequenceEqual("5"u8),
        _ => false,
    };

    private static bool IsTrue(WireToken value) => value.Kind switch
    {
        TokenKind.Nil => false,
        TokenKind.Bool or TokenKind.Integer or TokenKind.Float => value.Number is not (0 or double.NaN),
        TokenKind.Text => !value.Content.IsEmpty,
        _ => !value.IsUndefined,
    };

    private static bool IsReserved(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("connect"u8) || name.SequenceEqual("connect_error"u8) || name.SequenceEqual("disconnect"u8)
        || name.SequenceEqual("disconnecting"u8) || name.SequenceEqual("newListener"u8) || name.SequenceEqual("removeListener"u8);

    private static EventData WithTextName(uint count, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(count);
        writer.WriteString(name);
        writer.WriteRaw(arguments);
        writer.Flush();
        return new EventData(buffer.WrittenMemory.ToArray());
    }
}
