using System.Collections.Immutable;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads the values that messages of all kinds have: targets, packets, lists of names, scalars.</summary>
/// <remarks>
/// Tolerated as other producers send it: maps in any order with more keys, keys and names as binary, type 5 and numbers of any
/// width, missing or empty <c>rooms</c>, <c>except</c> and <c>flags</c>. Rooms are texts here: a number stands for its text, so 42
/// reaches the members of <c>"42"</c>.
/// </remarks>
internal static class PeerValues
{
    /// <summary>The maximum number of rooms in a valid request or broadcast.</summary>
    public const int MaxRooms = 65_536;

    private const double LongestTimeout = 24 * 60 * 60 * 1000;

    private static readonly int Depth = Limits.Peer.Depth;

    /// <summary>Reads the packet of an event, <c>{type, data, nsp}</c>.</summary>
    /// <param name="cursor">The position of the packet in the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="path">The namespace that the packet must have, or null for any.</param>
    /// <param name="data">The event, a slice of the message.</param>
    public static DropReason ReadPacket(ref MessagePackCursor cursor, ReadOnlyMemory<byte> message, byte[]? path, out EventData data)
    {
        data = default;
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Map) return DropReason.Packet;

        var (isEvent, isArray, range) = (false, false, default(Range));
        var isMine = path is null or [(byte)'/'];
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var key = Read(ref cursor);
            var start = cursor.Offset;
            var value = Read(ref cursor);
            if (Is(key, "type"u8)) isEvent = IsEvent(value);
            else if (Is(key, "data"u8)) (isArray, range) = (value.Kind == MessagePackKind.Array, start..cursor.Offset);
            else if (path is not null && Is(key, "nsp"u8))
                isMine = value.Kind == MessagePackKind.Undefined ? path is [(byte)'/'] : Is(value, path);
        }

        if (!isMine) return DropReason.Namespace;
        if (!isEvent) return DropReason.Type;
        if (!isArray) return DropReason.Data;
        data = new EventData(message[range]);
        return EventHeader.TryRead(data, out _) ? DropReason.None : DropReason.Event;
    }

    /// <summary>Reads the target, <c>{rooms, except, flags}</c>; an empty array stands for everyone.</summary>
    public static DropReason ReadTarget(ref MessagePackCursor cursor, out BroadcastOptions target)
    {
        target = BroadcastOptions.Everyone;
        cursor.Read();
        if (cursor.Kind == MessagePackKind.Array && cursor.Count == 0) return DropReason.None;
        if (cursor.Kind != MessagePackKind.Map) return DropReason.Options;

        ImmutableArray<string> rooms = [];
        ImmutableArray<string> except = [];
        var flags = BroadcastFlags.None;
        TimeSpan? timeout = null;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var key = Read(ref cursor);
            if (Is(key, "rooms"u8))
            {
                if (!TryReadNames(ref cursor, needsOne: true, out rooms, MaxRooms - except.Length)) return DropReason.Rooms;
            }
            else if (Is(key, "except"u8))
            {
                if (!TryReadNames(ref cursor, needsOne: false, out except, MaxRooms - rooms.Length)) return DropReason.Rooms;
            }
            else if (Is(key, "flags"u8))
            {
                flags = ReadFlags(ref cursor, out timeout);
            }
            else
            {
                cursor.Skip(Depth);
            }
        }

        if (!rooms.IsEmpty || !except.IsEmpty || flags != BroadcastFlags.None || timeout is not null)
            target = new BroadcastOptions { Rooms = rooms, Excepted = except, Flags = flags, Timeout = timeout };
        return DropReason.None;
    }

    /// <summary>Reads a list of rooms or ids; entries that cannot be names are skipped.</summary>
    public static bool TryReadNames(ref MessagePackCursor cursor, bool needsOne, out ImmutableArray<string> names, int max = MaxRooms)
    {
        names = [];
        cursor.Read();
        if (IsNothing(cursor)) return true;
        if (cursor.Kind != MessagePackKind.Array || cursor.Count > max) return false;

        var count = cursor.Count;
        var read = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
        {
            if (Text(Read(ref cursor)) is { } name) read.Add(name);
        }

        // A list of rooms none of which can exist here means no receiver; an empty list would mean all.
        names = read.DrainToImmutable();
        return !needsOne || count == 0 || names.Length > 0;
    }

    /// <summary>Reads one value: a scalar, or the header of an array or map whose content is skipped.</summary>
    public static MessagePackCursor Read(scoped ref MessagePackCursor cursor)
    {
        var value = cursor;
        value.Read();
        cursor.Skip(Depth);
        return value;
    }

    public static bool IsText(scoped in MessagePackCursor value) => value.Kind is MessagePackKind.Text or MessagePackKind.Bytes;

    public static bool Is(scoped in MessagePackCursor value, ReadOnlySpan<byte> text) => IsText(value) && value.Bytes.SequenceEqual(text);

    /// <summary>Returns a name, or null if the value is none.</summary>
    public static string? Text(scoped in MessagePackCursor value) => IsText(value) ? Encoding.UTF8.GetString(value.Bytes)
        : Number(value) is { } number ? JsNumber.Text(number) : null;

    public static double? Number(scoped in MessagePackCursor value) => value.Kind switch
    {
        MessagePackKind.Integer => value.Integer,
        MessagePackKind.Unsigned => (ulong)value.Integer,
        MessagePackKind.Float => value.Number,
        _ => null,
    };

    public static bool IsTrue(scoped in MessagePackCursor value) => value.Kind switch
    {
        MessagePackKind.Nil or MessagePackKind.Undefined => false,
        MessagePackKind.Boolean => value.Integer != 0,
        MessagePackKind.Text => !value.Bytes.IsEmpty,
        _ => Number(value) is not (0 or double.NaN),
    };

    private static bool IsEvent(scoped in MessagePackCursor type) => Is(type, "2"u8) || Is(type, "5"u8) || Number(type) is 2 or 5;

    private static bool IsNothing(scoped in MessagePackCursor value) =>
        value.Kind is MessagePackKind.Nil or MessagePackKind.Undefined || (IsText(value) && value.Bytes.IsEmpty);

    private static BroadcastFlags ReadFlags(ref MessagePackCursor cursor, out TimeSpan? timeout)
    {
        // Another value instead of a map is irrelevant to delivery.
        timeout = null;
        var flags = BroadcastFlags.None;
        var map = Read(ref cursor);
        for (var pairs = map.Kind == MessagePackKind.Map ? map.Count : 0; pairs > 0; pairs--)
        {
            var key = Read(ref map);
            var value = Read(ref map);
            if (Is(key, "volatile"u8) && IsTrue(value)) flags |= BroadcastFlags.Volatile;
            if (Is(key, "timeout"u8) && Number(value) is > 0 and var time)
                timeout = TimeSpan.FromMilliseconds(Math.Min(time, LongestTimeout));
            if (Is(key, "compress"u8)) flags |= IsTrue(value) ? BroadcastFlags.Compress : BroadcastFlags.NoCompress;
        }

        return flags;
    }
}
