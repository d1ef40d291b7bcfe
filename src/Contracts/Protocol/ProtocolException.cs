namespace TypedSocketRedis.Protocol;

/// <summary>The exception for input that the protocol does not allow; it ends one connection or drops one message.</summary>
/// <param name="cause">The cause, for counting.</param>
/// <param name="message">The description of the error, for logs.</param>
/// <param name="innerException">The parser's exception, or null.</param>
internal sealed class ProtocolException(ProtocolCause cause, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ProtocolCause Cause { get; } = cause;

    /// <summary>Returns the exception for a caller whose event the protocol does not allow.</summary>
    public ArgumentException AsArgument() => new($"The event cannot be sent. {Message}", this);
}
