using TypedSocketRedis;

namespace Worker;

/// <summary>The events that clients receive: <c>socket.on("measured", measurement => …)</c>.</summary>
[SocketEvents]
public interface IWorkerEvents
{
    /// <summary>Sends a measurement of this process, and completes when Redis has accepted it.</summary>
    Task Measured(Measurement measurement);

    /// <summary>Requests the number of measurements that a client has received.</summary>
    Task<int> Received();
}

/// <summary>A measurement of the process.</summary>
/// <param name="Number">The number of the measurement, from 1.</param>
/// <param name="At">The time of the measurement.</param>
/// <param name="Memory">The working set, in MiB.</param>
public sealed record Measurement(int Number, DateTime At, int Memory);
