using System.Collections.Immutable;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads broadcast envelopes of any producer; never throws, and slices <c>data</c> instead of decoding it.</summary>
/// <remarks>
/// Tolerated as other producers send it: any uid, maps in any order with more keys, keys and names as binary, type 5 and
/// numbers of any width, missing or empty <c>rooms</c>, <c>except</c> and <c>flags</c>, more elements. Rooms are texts
/// here: a number stands for its text, so 42 reaches the members of <c>"42"</c>.
/// </remarks>
/// <param name="path">The namespace of the envelopes.</param>
internal sealed class EnvelopeReader(string path)
{
    // The maximum number of rooms in a valid broadcast.
    private const int MaxRooms = 65_536;

    private const double LongestTimeout = 24 * 60 * 60 * 1000;

    private static readonly int Depth = Limits.Peer.Depth;

    private readonly byte[] _path = Encoding.UTF8.GetBytes(path);
    private readonly bool _isRoot = path == NamespacePath.Root;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="envelope">The content; its data is a slice of the message.</param>
    /// <param name="isLegacy">A value indicating whether the producer's id may be missing, as in <c>[packet, options]</c>.</param>
    /// <returns>The reason why the message is dropped, or <see cref="DropReason.None"/>.</returns>
    public DropReason Read(ReadOnlyMemory<byte> message, out Envelope envelope, bool isLegacy = false)
    {
        envelope = default;
        try
        {
            var cursor = new MessagePackCursor(message.Span);
            cursor.Read();
            var withoutId = isLegacy && cursor.Count == 2;
            if (cursor.Kind != MessagePackKind.Array || (cursor.Count < 3 && !withoutId)) return DropReason.Shape;

            var more = withoutId ? 0 : cursor.Count - 3;
            if (!withoutId) cursor.Skip(Depth);
            if (ReadPacket(ref cursor, out var data) is var packetReason and not DropReason.None) return packetReason;
            if (ReadOptions(ref cursor, out var options) is var optionsReason and not DropReason.None) return optionsReason;
            for (; more > 0; more--) cursor.Skip(Depth);
            cursor.End();
            envelope = new Envelope(new EventData(message[data]), options);
            return EventHeader.TryRead(envelope.Data, out _) ? DropReason.None : DropReason.Event;
        }
        catch (ProtocolException exception)
        {
            return exception.Reason();
        }
    }

    private DropReason ReadPacket(ref MessagePackCursor cursor, out Range data)
    {
        data = default;
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Map) return DropReason.Packet;

        var isEvent = false;
        var isNamed = false;
        var isMine = _isRoot;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            switch (ReadKey(ref cursor))
            {
                case EnvelopeKey.Type:
                    isEvent = IsEvent(ReadValue(ref cursor));
                    break;
                case EnvelopeKey.Nsp:
                    var nsp = ReadValue(ref cursor);
                    isMine = nsp.Kind == MessagePackKind.Undefined ? _isRoot : IsText(nsp) && nsp.Bytes.SequenceEqual(_path);
                    break;
                case EnvelopeKey.Data:
                    var start = cursor.Offset;
                    isNamed = ReadValue(ref cursor).Kind == MessagePackKind.Array;
                    data = start..cursor.Offset;
                    break;
                default:
                    cursor.Skip(Depth);
                    break;
            }
        }

        if (!isMine) return DropReason.Namespace;
        if (!isEvent) return DropReason.Type;
        return isNamed ? DropReason.None : DropReason.Data;
    }

    internal static DropReason ReadOptions(ref MessagePackCursor cursor, out BroadcastOptions options)
    {
        options = BroadcastOptions.Everyone;
        cursor.Read();
        if (cursor.Kind == MessagePackKind.Array && cursor.Count == 0) return DropReason.None;
        if (cursor.Kind != MessagePackKind.Map) return DropReason.Options;

        ImmutableArray<string> rooms = [];
        ImmutableArray<string> except = [];
        var flags = BroadcastFlags.None;
        TimeSpan? timeout = null;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            switch (ReadKey(ref cursor))
            {
                case EnvelopeKey.Rooms:
                    if (!TryReadNames(ref cursor, needsOne: true, out rooms, MaxRooms - except.Length)) return DropReason.Rooms;
                    break;
                case EnvelopeKey.Except:
                    if (!TryReadNames(ref cursor, needsOne: false, out except, MaxRooms - rooms.Length)) return DropReason.Rooms;
                    break;
                case EnvelopeKey.Flags:
                    flags = ReadFlags(ref cursor, out timeout);
                    break;
                default:
                    cursor.Skip(Depth);
                    break;
            }
        }

        if (!rooms.IsEmpty || !except.IsEmpty || flags != BroadcastFlags.None || timeout is not null)
            options = new BroadcastOptions { Rooms = rooms, Except = except, Flags = flags, Timeout = timeout };
        return DropReason.None;
    }

    internal static bool TryReadNames(ref MessagePackCursor cursor, bool needsOne, out ImmutableArray<string> names, int max = MaxRooms)
    {
        names = [];
        cursor.Read();
        if (IsNothing(cursor)) return true;
        if (cursor.Kind != MessagePackKind.Array || cursor.Count > max) return false;

        var count = cursor.Count;
        var read = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
        {
            var name = ReadValue(ref cursor);
            if (IsText(name)) read.Add(Encoding.UTF8.GetString(name.Bytes));
            else if (Number(name) is { } number) read.Add(JsNumber.Text(number));
        }

        // A list of rooms none of which can exist here means no receiver; an empty list would mean all.
        names = read.DrainToImmutable();
        return !needsOne || count == 0 || names.Length > 0;
    }

    private static BroadcastFlags ReadFlags(ref MessagePackCursor cursor, out TimeSpan? timeout)
    {
        timeout = null;
        var start = cursor;
        cursor.Read();
        var pairs = cursor.Kind == MessagePackKind.Map ? cursor.Count : 0;
        if (pairs == 0)
        {
            // Another value instead of a map is irrelevant to delivery.
            cursor = start;
            cursor.Skip(Depth);
        }

        var flags = BroadcastFlags.None;
        for (; pairs > 0; pairs--)
        {
            var key = ReadKey(ref cursor);
            var value = ReadValue(ref cursor);
            if (key == EnvelopeKey.Volatile && IsTrue(value)) flags |= BroadcastFlags.Volatile;
            if (key == EnvelopeKey.Timeout && Number(value) is > 0 and var time)
                timeout = TimeSpan.FromMilliseconds(Math.Min(time, LongestTimeout));
            if (key == EnvelopeKey.Compress) flags |= IsTrue(value) ? BroadcastFlags.Compress : BroadcastFlags.NoCompress;
        }

        return flags;
    }

    private static EnvelopeKey ReadKey(ref MessagePackCursor cursor)
    {
        var key = ReadValue(ref cursor);
        if (!IsText(key)) return EnvelopeKey.Other;
        var name = key.Bytes;
        return name.SequenceEqual("type"u8) ? EnvelopeKey.Type
            : name.SequenceEqual("data"u8) ? EnvelopeKey.Data
            : name.SequenceEqual("nsp"u8) ? EnvelopeKey.Nsp
            : name.SequenceEqual("rooms"u8) ? EnvelopeKey.Rooms
            : name.SequenceEqual("except"u8) ? EnvelopeKey.Except
            : name.SequenceEqual("flags"u8) ? EnvelopeKey.Flags
            : name.SequenceEqual("volatile"u8) ? EnvelopeKey.Volatile
            : name.SequenceEqual("compress"u8) ? EnvelopeKey.Compress
            : name.SequenceEqual("timeout"u8) ? EnvelopeKey.Timeout
            : EnvelopeKey.Other;
    }

    /// <summary>Reads one value: a scalar, or the header of an array or map whose content is skipped.</summary>
    internal static MessagePackCursor ReadValue(ref MessagePackCursor cursor)
    {
        var value = cursor;
        value.Read();
        cursor.Skip(Depth);
        return value;
    }

    internal static bool IsText(MessagePackCursor value) => value.Kind is MessagePackKind.Text or MessagePackKind.Bytes;

    private static bool IsNothing(MessagePackCursor value) =>
        value.Kind is MessagePackKind.Nil or MessagePackKind.Undefined || (IsText(value) && value.Bytes.IsEmpty);

    internal static double? Number(MessagePackCursor value) => value.Kind switch
    {
        MessagePackKind.Integer => value.Integer,
        MessagePackKind.Unsigned => (ulong)value.Integer,
        MessagePackKind.Float => value.Number,
        _ => null,
    };

    internal static bool IsEvent(MessagePackCursor type) => IsText(type)
        ? type.Bytes.SequenceEqual("2"u8) || type.Bytes.SequenceEqual("5"u8)
        : Number(type) is 2 or 5;

    internal static bool IsTrue(MessagePackCursor value) => value.Kind switch
    {
        MessagePackKind.Nil or MessagePackKind.Undefined => false,
        MessagePackKind.Boolean => value.Integer != 0,
        MessagePackKind.Text => !value.Bytes.IsEmpty,
        _ => Number(value) is not (0 or double.NaN),
    };
}

/// <summary>The relevant keys of an envelope's maps.</summary>
internal enum EnvelopeKey
{
    Other,
    Type,
    Data,
    Nsp,
    Rooms,
    Except,
    Flags,
    Volatile,
    Compress,
    Timeout,
}
