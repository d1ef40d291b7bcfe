using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>A packet format that records in events the time at which they are sent, while that time is measured.</summary>
/// <param name="inner">The format.</param>
/// <param name="metrics">The metrics.</param>
internal sealed class TimedPacketFormat(IPacketFormat inner, EngineMetrics metrics) : IPacketFormat
{
    public IPacketReader CreateReader(Limits limits) => inner.CreateReader(limits);

    public Frame Event(string path, EventData data, ulong? id = null, string? offset = null)
    {
        var sent = metrics.Sending();
        var frame = inner.Event(path, data, id, offset);
        return sent is { } time ? new TimedFrame(frame, time) : frame;
    }

    public Frame Ack(string path, ulong id, ReadOnlyMemory<byte> arguments) => inner.Ack(path, id, arguments);

    public Frame Connect(string path, string sid, string? pid = null) => inner.Connect(path, sid, pid);

    public Frame ConnectError(string path, string message, ReadOnlyMemory<byte> data = default) =>
        inner.ConnectError(path, message, data);

    public Frame LegacyConnect(string path) => inner.LegacyConnect(path);

    public Frame LegacyError(string path, string message, ReadOnlyMemory<byte> data = default) =>
        inner.LegacyError(path, message, data);

    public Frame Disconnect(string path) => inner.Disconnect(path);
}
