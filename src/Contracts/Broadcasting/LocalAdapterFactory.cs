using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Makes in-memory adapters: a server of one node.</summary>
/// <param name="loggers">Where the adapters log.</param>
/// <param name="time">Their clock.</param>
internal sealed class LocalAdapterFactory(ILoggerFactory loggers, TimeProvider time) : ISocketAdapterFactory
{
    private readonly ILogger _logger = GuardedLogger.Of(loggers.CreateLogger("TypedSocketRedis.LocalAdapter"));
    private readonly LogGate _gate = new(time);

    public ISocketAdapter Create(string path, IPacketFormat packets) => CreateLocal(path, packets);

    /// <summary>The same with its own type, for adapters that are composed of it.</summary>
    public LocalAdapter CreateLocal(string path, IPacketFormat packets) => new(path, packets, _logger, _gate, time);
}
