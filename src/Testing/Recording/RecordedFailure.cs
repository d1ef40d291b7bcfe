namespace TypedSocketRedis;

/// <summary>An exception that a receiver of a <see cref="SocketEventsRecorder"/> threw for an event.</summary>
public sealed class RecordedFailure
{
    internal RecordedFailure()
    {
    }

    /// <summary>The event.</summary>
    public required RecordedEvent Event { get; init; }

    /// <summary>The exception of the handler, or an <see cref="EventDataException"/> if the arguments do not match the contract.</summary>
    public required Exception Exception { get; init; }

    /// <summary>Returns the event and the exception's message, for the output of a failed test.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Event}: {Exception.Message}";
}
