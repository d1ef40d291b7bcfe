using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>
/// The positions of the members of a request or a response in its MessagePack; an empty range stands for a missing member.
/// </summary>
internal struct PeerMessageFields
{
    public double? Type;
    public Range Uid;
    public Range RequestId;
    public Range Options;
    public Range Rooms;
    public Range Room;
    public Range Sid;
    public Range Close;
    public Range Data;
    public Range Packet;
    public Range Sockets;
    public Range Nsp;
    public double? ClientCount;

    /// <summary>Gets a value indicating whether the message has the form of socket.io-redis up to 5.x.</summary>
    public bool IsLegacy;

    /// <summary>Finds the members; of a repeated name the last one counts.</summary>
    /// <returns>False when the value is not a map.</returns>
    /// <exception cref="ProtocolException">The message is malformed.</exception>
    public static bool TryRead(ReadOnlySpan<byte> body, out PeerMessageFields members)
    {
        members = default;
        var cursor = new MessagePackCursor(body);
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Map) return false;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var key = EnvelopeReader.ReadValue(ref cursor);
            var start = cursor.Offset;
            var value = EnvelopeReader.ReadValue(ref cursor);
            if (!EnvelopeReader.IsText(key)) continue;
            members.Add(key.Bytes, value, value.Kind == MessagePackKind.Undefined ? default : start..cursor.Offset);
        }

        cursor.End();
        return true;
    }

    private void Add(ReadOnlySpan<byte> name, MessagePackCursor value, Range range)
    {
        if (name.SequenceEqual("type"u8)) Type = EnvelopeReader.Number(value);
        else if (name.SequenceEqual("requestId"u8)) RequestId = range;
        else if (name.SequenceEqual("uid"u8)) Uid = range;
        else if (name.SequenceEqual("opts"u8)) Options = range;
        else if (name.SequenceEqual("rooms"u8)) Rooms = range;
        else if (name.SequenceEqual("data"u8)) Data = range;
        else if (name.SequenceEqual("packet"u8)) Packet = range;
        else if (name.SequenceEqual("sockets"u8)) Sockets = range;
        else if (name.SequenceEqual("nsp"u8)) Nsp = range;
        else if (name.SequenceEqual("close"u8)) Close = range;
        else if (name.SequenceEqual("sid"u8)) Sid = range;
        else if (name.SequenceEqual("room"u8)) Room = range;
        else if (name.SequenceEqual("clientCount"u8)) ClientCount = EnvelopeReader.Number(value);
        else if (name.SequenceEqual("requestid"u8)) IsLegacy = true;
    }
}
