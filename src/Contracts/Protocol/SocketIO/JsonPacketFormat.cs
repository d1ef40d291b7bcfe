using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The default format: JSON text, followed by binary values as attachments.</summary>
/// <param name="maxAttachments">The maximum number of attachments of one packet to a client.</param>
internal sealed class JsonPacketFormat(int maxAttachments) : IPacketFormat
{
    public static readonly JsonPacketFormat Default = new(Limits.Default.Attachments);

    private readonly Limits _limits = Limits.Outgoing with { Attachments = maxAttachments };

    public IPacketReader CreateReader(Limits limits) => new JsonPacketReader(limits);

    public Frame Event(string path, EventData data, ulong? id = null, string? offset = null) =>
        JsonPacketWriter.Event(path, data, id, offset, _limits);

    public Frame Ack(string path, ulong id, ReadOnlyMemory<byte> arguments) => JsonPacketWriter.Ack(path, id, arguments, _limits);

    public Frame Connect(string path, string sid, string? pid = null) => JsonPacketWriter.Connect(path, sid, pid);

    public Frame ConnectError(string path, string message, ReadOnlyMemory<byte> data = default) =>
        JsonPacketWriter.ConnectError(path, message, data);

    public Frame LegacyConnect(string path) => JsonPacketWriter.LegacyConnect(path);

    public Frame LegacyError(string path, string message, ReadOnlyMemory<byte> data = default) =>
        JsonPacketWriter.LegacyError(path, message, data);

    public Frame Disconnect(string path) => JsonPacketWriter.Disconnect(path);
}
