using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The services that the namespaces of an emitter share.</summary>
/// <param name="Bus">The connection to the servers.</param>
/// <param name="Options">The options, validated.</param>
/// <param name="Report">The report of messages that reach no server, with the counters and the log.</param>
/// <param name="Timings">The clock and the times.</param>
/// <param name="Gate">The limit on log entries.</param>
/// <param name="Disposed">The token that is canceled when the emitter is disposed.</param>
internal sealed record EmitterContext(
    IRedisBus Bus, RedisEmitterOptions Options, EmitterReport Report, BusTimings Timings, LogGate Gate, CancellationToken Disposed)
{
    /// <summary>The bound of the responses that wait for work, in all namespaces.</summary>
    public ByteBudget Work { get; } = new();

    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Disposed.IsCancellationRequested, typeof(RedisEmitter));
}
