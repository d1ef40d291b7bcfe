using TypedSocketRedis;

namespace Worker;

/// <summary>What clients receive: <c>socket.on("measured", measurement => …)</c>.</summary>
[SocketEvents]
public interface IWorkerEvents
{
    /// <summary>A measurement of this process; completes when Redis has accepted it.</summary>
    Task Measured(Measurement measurement, CancellationToken cancellationToken);
}

/// <summary>One measurement.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Memory">The working set, in MiB.</param>
public sealed record Measurement(int Number, DateTime At, int Memory);
