using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The order of the maps that a producer writes; readers accept any order.</summary>
internal enum EnvelopeOrder
{
    /// <summary><c>rooms, except, flags</c>, as adapters write them.</summary>
    Adapter,

    /// <summary><c>rooms, flags, except</c>, as emitters write them.</summary>
    Emitter,
}

/// <summary>Reads and writes the broadcast envelopes of one namespace.</summary>
/// <remarks>
/// Wire: MessagePack <c>[uid, {type: 2, data: [event, ...args], nsp}, {rooms: [], except: [], flags: {}}]</c>. The type is
/// always 2, with binary content too; <c>data</c> is the event's own bytes.
/// </remarks>
internal sealed class ClassicCodec
{
    // Chains that are kept and used again are few, and found by their options; one built for each call costs a lookup only.
    private const int Kept = 16;

    private readonly byte[] _uid;
    private readonly byte[] _start;
    private readonly byte[] _middle;
    private readonly EnvelopeOrder _order;
    private readonly BroadcastOptions?[] _seen = new BroadcastOptions?[Kept];
    private readonly KeptEnd?[] _ends = new KeptEnd?[Kept];

    /// <summary>Creates the codec of one producer.</summary>
    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The producer's namespace.</param>
    /// <param name="order">The order of the maps that it writes.</param>
    public ClassicCodec(NodeId uid, string path, EnvelopeOrder order)
    {
        _order = order;
        _uid = Build((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(3);
            writer.Write(uid.ToString());
        });
        _start = Build((ref MessagePackWriter writer) =>
        {
            writer.WriteRaw(_uid);
            writer.WriteMapHeader(3);
            writer.WriteString("type"u8);
            writer.Write(2);
            writer.WriteString("data"u8);
        });
        _middle = Build((ref MessagePackWriter writer) =>
        {
            writer.WriteString("nsp"u8);
            writer.Write(path);
        });
        Reader = new EnvelopeReader(path);
    }

    private delegate void Part(ref MessagePackWriter writer);

    /// <summary>The reader of envelopes.</summary>
    public EnvelopeReader Reader { get; }

    /// <summary>
    /// Returns <c>true</c> if this producer wrote the message: decided on its first bytes, because every node receives its own broadcasts.
    /// </summary>
    public bool IsOwn(ReadOnlySpan<byte> message) => message.StartsWith(_uid);

    /// <summary>Writes an envelope into an array of its exact size, which the caller owns.</summary>
    public byte[] Write(EventData data, BroadcastOptions options)
    {
        var slot = RuntimeHelpers.GetHashCode(options) % Kept;
        var kept = Volatile.Read(ref _ends[slot]);
        if (kept is not null && ReferenceEquals(kept.Options, options)) return Join(data.Span, kept.Bytes);

        using var end = PooledBuffer.Rent();
        WriteEnd(end, options);

        // The second time: a chain that is kept for two events is kept for more.
        if (ReferenceEquals(Volatile.Read(ref _seen[slot]), options))
            Volatile.Write(ref _ends[slot], new KeptEnd(options, end.WrittenSpan.ToArray()));
        else Volatile.Write(ref _seen[slot], options);
        return Join(data.Span, end.WrittenSpan);
    }

    private byte[] Join(ReadOnlySpan<byte> data, ReadOnlySpan<byte> end)
    {
        var message = new byte[_start.Length + data.Length + end.Length];
        _start.CopyTo(message.AsSpan());
        data.CopyTo(message.AsSpan(_start.Length));
        end.CopyTo(message.AsSpan(_start.Length + data.Length));
        return message;
    }

    private void WriteEnd(PooledBuffer buffer, BroadcastOptions options)
    {
        buffer.Write(_middle);
        var writer = new MessagePackWriter(buffer);
        WriteOptions(ref writer, options, _order);
        writer.Flush();
    }

    /// <summary>Writes the target, <c>{rooms, except, flags}</c>.</summary>
    public static void WriteOptions(ref MessagePackWriter writer, BroadcastOptions options, EnvelopeOrder order)
    {
        writer.WriteMapHeader(3);
        writer.WriteString("rooms"u8);
        WriteNames(ref writer, options.Rooms);
        if (order == EnvelopeOrder.Emitter) WriteFlags(ref writer, options.Flags, timeout: null);
        writer.WriteString("except"u8);
        WriteNames(ref writer, options.Except);
        if (order == EnvelopeOrder.Adapter) WriteFlags(ref writer, options.Flags, options.Timeout);
    }

    private static void WriteNames(ref MessagePackWriter writer, ImmutableArray<string> names)
    {
        writer.WriteArrayHeader(names.Length);
        foreach (var name in names) writer.Write(name);
    }

    /// <summary>Writes the flags in the order they were chosen in; the timeout is chosen last.</summary>
    private static void WriteFlags(ref MessagePackWriter writer, BroadcastFlags flags, TimeSpan? timeout)
    {
        var isSingle = (flags & BroadcastFlags.SingleResponse) != 0;
        var compress = (flags & (BroadcastFlags.Compress | BroadcastFlags.NoCompress)) != 0;
        var isVolatile = (flags & BroadcastFlags.Volatile) != 0;
        var compressFirst = (flags & BroadcastFlags.CompressFirst) != 0;

        writer.WriteString("flags"u8);
        writer.WriteMapHeader((isSingle ? 1 : 0) + (compress ? 1 : 0) + (isVolatile ? 1 : 0) + (timeout is null ? 0 : 1));
        if (isSingle)
        {
            writer.WriteString("expectSingleResponse"u8);
            writer.Write(true);
        }

        if (compress && compressFirst) WriteCompress(ref writer, flags);
        if (isVolatile)
        {
            writer.WriteString("volatile"u8);
            writer.Write(true);
        }

        if (compress && !compressFirst) WriteCompress(ref writer, flags);
        if (timeout is not { } time) return;
        writer.WriteString("timeout"u8);
        writer.Write((long)Math.Ceiling(time.TotalMilliseconds));
    }

    private static void WriteCompress(ref MessagePackWriter writer, BroadcastFlags flags)
    {
        writer.WriteString("compress"u8);
        writer.Write((flags & BroadcastFlags.Compress) != 0);
    }

    private static byte[] Build(Part part)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        part(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The end of an envelope, behind the event, of options that were used before.</summary>
    private sealed record KeptEnd(BroadcastOptions Options, byte[] Bytes);
}
