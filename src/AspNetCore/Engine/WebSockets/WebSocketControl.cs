using System.Buffers.Binary;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The control frames that the server writes, and the rules for those it reads (RFC 6455 sections 5.5 and 7.4).</summary>
internal static class WebSocketControl
{
    public const ushort NormalClosure = 1000;

    private const byte FinalClose = 0x88;
    private const byte FinalPong = 0x8A;

    public static Frame Pong(ReadOnlySpan<byte> payload) => Frame.Control([FinalPong, (byte)payload.Length, .. payload]);

    public static Frame Close(ushort code)
    {
        Span<byte> frame = [FinalClose, 2, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], code);
        return Frame.Control(frame);
    }

    /// <summary>
    /// Returns the close frame that responds to a client's: with the same code, or with the code of the rule that the client violated.
    /// </summary>
    public static Frame Reply(ReadOnlySpan<byte> payload)
    {
        // Section 5.5.1: the payload is empty, or a code of two bytes and a reason in UTF-8.
        if (payload.IsEmpty) return Frame.Control([FinalClose, 0]);
        if (payload.Length == 1) return Close(WebSocketViolation.ProtocolError);
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);

        // Section 7.4: 1004 to 1006 and 1015 are never sent, codes below 3000 are those registered, 3000 to 4999 are free for use.
        if (code is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)))
            return Close(WebSocketViolation.ProtocolError);
        return Close(System.Text.Unicode.Utf8.IsValid(payload[2..]) ? code : WebSocketViolation.InvalidData);
    }
}
