namespace TypedSocketRedis;

/// <summary>An exception with which a receiver of a <see cref="SocketEventsRecorder"/> ended an event.</summary>
public sealed class RecordedFailure
{
    internal RecordedFailure()
    {
    }

    /// <summary>The event.</summary>
    public required RecordedEvent Event { get; init; }

    /// <summary>The exception of the handler, or an <see cref="EventDataException"/> if the contract refused the arguments.</summary>
    public required Exception Exception { get; init; }

    /// <summary>The event and the exception's message, for the output of a failed test.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Event}: {Exception.Message}";
}
