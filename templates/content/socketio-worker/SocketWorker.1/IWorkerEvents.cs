using TypedSocketRedis;

namespace SocketWorker._1;

/// <summary>The events that clients receive: <c>socket.on("measured", measurement => …)</c>.</summary>
[SocketEvents]
public interface IWorkerEvents
{
    /// <summary>Sends a measurement, and completes when Redis has accepted it.</summary>
    Task Measured(Measurement measurement);
}

/// <summary>A measurement of the process.</summary>
/// <param name="Number">The number of the measurement, from 1.</param>
/// <param name="Memory">The working set, in MiB.</param>
public sealed record Measurement(int Number, int Memory);
