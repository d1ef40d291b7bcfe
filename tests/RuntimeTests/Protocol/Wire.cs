using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Protocol;

/// <summary>Helper methods for the tests of the protocol.</summary>
internal static class Wire
{
    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static string Json(ReadOnlyMemory<byte> messagePack, List<byte[]>? attachments = null, Limits? limits = null,
        BinaryForm binaries = BinaryForm.Attachment)
    {
        using var buffer = PooledBuffer.Rent();
        var lifted = Transcoder.Write(messagePack, buffer, limits ?? Limits.Outgoing, binaries);
        if (lifted is not null) attachments?.AddRange(lifted.Select(bytes => bytes.ToArray()));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static byte[] MessagePack(string json, IEnumerable<byte[]>? attachments = null, Limits? limits = null) =>
        JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), limits ?? Limits.Outgoing,
            attachments?.Select(bytes => (ReadOnlyMemory<byte>)bytes).ToList());

    public static string Text(Frame frame) => Encoding.UTF8.GetString(frame.Payload(frame.Parts[0]));

    public static IEnumerable<byte[]> Attachments(Frame frame) =>
        frame.Parts.ToArray().Skip(1).Select(part => frame.Payload(part).ToArray());

    public static Packet? Text(this JsonPacketReader reader, string text) => reader.Text(Encoding.UTF8.GetBytes(text));

    public static string ReasonOf(Action action) => Xunit.Assert.Throws<ProtocolException>(action).Reason.Text();
}
