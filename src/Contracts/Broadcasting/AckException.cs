namespace TypedSocketRedis;

/// <summary>A receiver did not acknowledge an event: not in time, not readably, or because it is gone.</summary>
/// <param name="message">Which of them.</param>
/// <param name="innerException">The exception of reading an acknowledgement, or of a recorder's receiver.</param>
public class AckException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Not all receivers acknowledged an event.</summary>
/// <typeparam name="T">The acknowledgement.</typeparam>
/// <param name="message">How many are missing, and why.</param>
/// <param name="result">What did come.</param>
/// <param name="innerException">The exception of reading an acknowledgement, or of a recorder's receiver.</param>
public sealed class AckException<T>(string message, AckResult<T> result, Exception? innerException = null)
    : AckException(message, innerException)
{
    /// <summary>What did come.</summary>
    public AckResult<T> Result { get; } = result;
}
