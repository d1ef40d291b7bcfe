using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Creates in-memory adapters, for a server of a single node.</summary>
/// <param name="loggers">The factory of the adapters' logger.</param>
/// <param name="time">The adapters' clock.</param>
internal sealed class LocalAdapterFactory(ILoggerFactory loggers, TimeProvider time) : INamespaceAdapterFactory
{
    private readonly ILogger _logger = GuardedLogger.Of(loggers.CreateLogger("TypedSocketRedis.LocalAdapter"));
    private readonly LogGate _gate = new(time);

    public INamespaceAdapter Create(string path, IPacketFormat packets) => CreateLocal(path, packets);

    /// <summary>Creates an adapter and returns it as its own type, for adapters that contain it.</summary>
    public LocalAdapter CreateLocal(string path, IPacketFormat packets) => new(path, packets, _logger, _gate, time);
}
