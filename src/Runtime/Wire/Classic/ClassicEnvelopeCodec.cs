using System.Runtime.CompilerServices;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads and writes the broadcast envelopes of one namespace; reading slices <c>data</c> instead of decoding it.</summary>
/// <remarks>
/// Wire: MessagePack <c>[uid, {type: 2, data: [event, ...args], nsp}, {rooms: [], except: [], flags: {}}]</c>; <c>data</c> is the
/// event's own bytes. A fourth element is the <see cref="MessageExtension"/>. Any uid and more elements are tolerated.
/// </remarks>
internal sealed class ClassicEnvelopeCodec
{
    private const byte ThreeElements = 0x93;
    private const byte FourElements = 0x94;

    // Chains that are kept and used again are few, and found by their options; one built for each call costs a lookup only.
    private const int Kept = 16;

    private static readonly int Depth = Limits.Peer.Depth;

    private readonly byte[] _uid;
    private readonly byte[] _start;
    private readonly byte[] _middle;
    private readonly byte[] _path;
    private readonly TargetOrder _order;
    private readonly BroadcastOptions?[] _seen = new BroadcastOptions?[Kept];
    private readonly KeptEnd?[] _ends = new KeptEnd?[Kept];

    /// <summary>Creates the codec of one producer.</summary>
    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The producer's namespace.</param>
    /// <param name="order">The order of the maps that it writes.</param>
    public ClassicEnvelopeCodec(NodeId uid, string path, TargetOrder order)
    {
        _order = order;
        _path = Encoding.UTF8.GetBytes(path);
        _uid = PeerMessageWriter.Text(uid.ToString());
        _start = [ThreeElements, .. _uid, 0x83, .. PeerMessageWriter.Text("type"), 2, .. PeerMessageWriter.Text("data")];
        _middle = [.. PeerMessageWriter.Text("nsp"), .. PeerMessageWriter.Text(path)];
    }

    /// <summary>
    /// Returns <c>true</c> if this producer wrote the message: decided on its first bytes, because every node receives its own broadcasts.
    /// </summary>
    public bool IsOwn(ReadOnlySpan<byte> message) => message is [ThreeElements or FourElements, ..] && message[1..].StartsWith(_uid);

    /// <summary>Reads a message; never throws.</summary>
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
            var reason = PeerValues.ReadPacket(ref cursor, message, _path, out var data);
            if (reason != DropReason.None) return reason;
            reason = PeerValues.ReadTarget(ref cursor, out var options);
            if (reason != DropReason.None) return reason;
            var extension = more > 0 ? MessageExtension.Take(ref cursor, message) : default;
            for (; more > 1; more--) cursor.Skip(Depth);
            cursor.End();
            envelope = new Envelope(data, options, extension);
            return DropReason.None;
        }
        catch (ProtocolException exception)
        {
            return exception.ToDropReason();
        }
    }

    /// <summary>Writes an envelope into an array of its exact size, which the caller owns.</summary>
    /// <param name="data">The event.</param>
    /// <param name="options">The target.</param>
    /// <param name="extension">The fourth element, or nothing.</param>
    public byte[] Write(EventData data, BroadcastOptions options, ReadOnlySpan<byte> extension = default)
    {
        var slot = RuntimeHelpers.GetHashCode(options) % Kept;
        var kept = Volatile.Read(ref _ends[slot]);
        if (kept is not null && ReferenceEquals(kept.Options, options)) return Join(data.Span, kept.Bytes, extension);

        using var end = PooledBuffer.Rent();
        WriteEnd(end, options);

        // The second time: a chain that is kept for two events is kept for more.
        if (ReferenceEquals(Volatile.Read(ref _seen[slot]), options))
            Volatile.Write(ref _ends[slot], new KeptEnd(options, end.WrittenSpan.ToArray()));
        else Volatile.Write(ref _seen[slot], options);
        return Join(data.Span, end.WrittenSpan, extension);
    }

    // On its own: a writer's memory is cleared at the start of a method, also when the end is known.
    private void WriteEnd(PooledBuffer to, BroadcastOptions options)
    {
        to.Write(_middle);
        var writer = new MessagePackWriter(to);
        PeerMessageWriter.WriteTarget(ref writer, options, _order);
        writer.Flush();
    }

    private byte[] Join(ReadOnlySpan<byte> data, ReadOnlySpan<byte> end, ReadOnlySpan<byte> extension)
    {
        var message = new byte[_start.Length + data.Length + end.Length + extension.Length];
        _start.CopyTo(message.AsSpan());
        data.CopyTo(message.AsSpan(_start.Length));
        end.CopyTo(message.AsSpan(_start.Length + data.Length));
        if (extension.IsEmpty) return message;
        message[0] = FourElements;
        extension.CopyTo(message.AsSpan(message.Length - extension.Length));
        return message;
    }

    /// <summary>The end of an envelope, behind the event, of options that were used before.</summary>
    private sealed record KeptEnd(BroadcastOptions Options, byte[] Bytes);
}
