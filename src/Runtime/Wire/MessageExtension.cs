using System.Diagnostics;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The members that nodes and emitters of this library add to a message, all in one map that other producers ignore.</summary>
/// <remarks>
/// <para>Wire: <c>{tp: "00-…-…-01", ts: "…"}</c>, the W3C trace context <c>traceparent</c> and <c>tracestate</c>. The map is the fourth
/// element of a classic broadcast, and the member <c>ext</c> of any other message. It is left out when it would be empty.</para>
/// <para>Nothing in it affects delivery: unknown members are skipped, and unusable ones are ignored.</para>
/// </remarks>
internal static class MessageExtension
{
    /// <summary>The length of a <c>traceparent</c>, in bytes.</summary>
    public const int TraceParentLength = 55;

    /// <summary>The maximum length of a <c>tracestate</c>, in bytes.</summary>
    public const int MaxTraceState = 512;

    private static readonly int Depth = Limits.Peer.Depth;

    /// <summary>Returns the map for a message that is being written, or nothing if there is no trace to continue.</summary>
    /// <remarks>The web server creates a span for each request even if nothing collects it, which is not recorded.</remarks>
    public static ReadOnlyMemory<byte> OfCurrent() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { Length: TraceParentLength } } activity
            && (activity.Recorded || EventTracing.IsEnabled) ? Write(activity) : default;

    /// <summary>Reads the sender's span; empty if there is none, it is malformed, or no listener is interested in spans.</summary>
    /// <param name="map">The map, one MessagePack value, or nothing.</param>
    public static ActivityContext TraceOf(ReadOnlySpan<byte> map)
    {
        if (map.IsEmpty || !EventTracing.IsEnabled) return default;
        var cursor = new MessagePackCursor(map);
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Map) return default;

        string? parent = null, state = null;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var key = PeerValues.Read(ref cursor);
            var value = PeerValues.Read(ref cursor);
            if (PeerValues.Is(key, "tp"u8)) parent = Text(value, TraceParentLength);
            else if (PeerValues.Is(key, "ts"u8)) state = Text(value, MaxTraceState);
        }

        return parent?.Length == TraceParentLength && ActivityContext.TryParse(parent, state, isRemote: true, out var context)
            ? context
            : default;
    }

    /// <summary>Skips a value of a message and returns it if it can be an extension.</summary>
    /// <param name="cursor">The position of the value.</param>
    /// <param name="message">The message.</param>
    public static ReadOnlyMemory<byte> Take(ref MessagePackCursor cursor, ReadOnlyMemory<byte> message)
    {
        var start = cursor.Offset;
        cursor.Skip(Depth);
        return message[start..cursor.Offset];
    }

    private static byte[] Write(Activity activity)
    {
        var state = activity.TraceStateString is { Length: > 0 and <= MaxTraceState } text
            && Encoding.UTF8.GetByteCount(text) <= MaxTraceState ? text : null;
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(state is null ? 1 : 2);
        writer.WriteString("tp"u8);
        writer.Write(activity.Id);
        if (state is not null)
        {
            writer.WriteString("ts"u8);
            writer.Write(state);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string? Text(scoped in MessagePackCursor value, int maxLength) =>
        PeerValues.IsText(value) && value.Bytes.Length <= maxLength ? Encoding.UTF8.GetString(value.Bytes) : null;
}
