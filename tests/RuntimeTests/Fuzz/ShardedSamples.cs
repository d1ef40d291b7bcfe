using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The recorded messages of sharded adapters and emitters. Messages in JSON are also converted to MessagePack.</summary>
internal static class ShardedSamples
{
    private const string Namespace = "socket.io#/#";
    private const int RecordedId = 16;

    public static IEnumerable<FuzzSample> Read() =>
        from file in new[] { "05-sharded", "09-tolerance-sharded" }
        from row in Vector.Read(file)
        where row.Payload.Length > 0
        from message in Forms(WithPlaceholder(row.Payload))
        let kind = IsResponse(row.Payload) ? FuzzKind.ShardedResponse : FuzzKind.Sharded
        let channel = row.Channel.StartsWith(Namespace, StringComparison.Ordinal) ? row.Channel : Namespace
        select new FuzzSample(kind, channel, message);

    private static IEnumerable<byte[]> Forms(byte[] message)
    {
        yield return message;
        if (message is [(byte)'{', ..] && Packed(message) is { } packed) yield return packed;
    }

    private static byte[]? Packed(byte[] message)
    {
        try
        {
            return JsonToMessagePack.Convert(message, Limits.Default).ToArray();
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    private static bool IsResponse(byte[] message) =>
        new ShardedFormat(NodeId.Emitter, "/", int.MaxValue).Read(message, out _, out var response) == DropReason.None
        && response.Kind is not null;

    private static byte[] WithPlaceholder(byte[] message)
    {
        if (IdOf(message) is not { Length: RecordedId } id) return message;
        var text = Encoding.Latin1.GetString(message)
            .Replace($"\u00b0{id}", $"{(char)(0xA0 + FuzzSample.RequestId.Length)}{FuzzSample.RequestId}", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace($"\"{id}\"", $"\"{FuzzSample.RequestId}\"", StringComparison.Ordinal));
    }

    private static string? IdOf(byte[] message)
    {
        try
        {
            return PeerMessageFields.RequestIdOf(message, isInData: true);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }
}
