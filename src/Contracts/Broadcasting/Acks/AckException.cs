namespace TypedSocketRedis;

/// <summary>
/// The exception that is thrown when a receiver does not acknowledge an event: it did not respond in time, sent an unreadable value, or
/// disconnected.
/// </summary>
/// <param name="message">The message that describes the cause.</param>
/// <param name="innerException">The exception from reading an acknowledgement, or of a recorder's receiver; otherwise null.</param>
public class AckException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The exception that is thrown when not all receivers acknowledge an event.</summary>
/// <typeparam name="T">The type of the acknowledgement.</typeparam>
/// <param name="message">The message with the number of missing acknowledgements and the cause.</param>
/// <param name="result">The result with the acknowledgements that were received.</param>
/// <param name="innerException">The exception from reading an acknowledgement, or of a recorder's receiver; otherwise null.</param>
public sealed class AckException<T>(string message, AckResult<T> result, Exception? innerException = null)
    : AckException(message, innerException)
{
    /// <summary>The result with the acknowledgements that were received.</summary>
    public AckResult<T> Result { get; } = result;
}
