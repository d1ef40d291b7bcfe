namespace TypedSocketRedis.Redis;

/// <summary>The services of the requests that a process sends in one namespace.</summary>
/// <param name="Path">The namespace.</param>
/// <param name="Requester">The process.</param>
/// <param name="Bus">The connection to the nodes.</param>
/// <param name="Wire">The format and the channels of messages.</param>
/// <param name="Timeout">The time to wait for responses when a request sets no other.</param>
/// <param name="MaxMessageSize">The maximum size of a message, in bytes.</param>
/// <param name="Timings">The clock and the times.</param>
/// <param name="Dropped">The counters of dropped messages.</param>
/// <param name="Work">The queue of slow work, which is not done where messages are read.</param>
internal sealed record RequestContext(
    string Path,
    IRequester Requester,
    IBusPublisher Bus,
    IRequestWire Wire,
    TimeSpan Timeout,
    int MaxMessageSize,
    BusTimings Timings,
    DroppedMessages Dropped,
    PeerWork Work)
{
    public TimeProvider Time => Timings.Clock;
}
