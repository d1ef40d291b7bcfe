namespace TypedSocketRedis;

/// <summary>An exception with which a receiver of a <see cref="SocketEventsRecorder"/> ended an event.</summary>
public sealed class RecordedFailure
{
    internal RecordedFailure()
    {
    }

    /// <summary>The event.</summary>
    public required RecordedEvent Event { get; init; }

    /// <summary>The exception: an <see cref="EventDataException"/> when the contract refused the arguments, or what the handler threw.</summary>
    public required Exception Exception { get; init; }

    /// <summary>The event and the exception's message, for the output of a failed test.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Event}: {Exception.Message}";
}
