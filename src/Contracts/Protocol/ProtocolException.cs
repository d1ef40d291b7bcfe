namespace TypedSocketRedis.Protocol;

/// <summary>The exception for input that the protocol does not allow; it ends one connection or drops one message.</summary>
/// <param name="reason">The reason, for counting.</param>
/// <param name="message">The description of the error, for logs.</param>
/// <param name="innerException">The parser's exception, or null.</param>
internal sealed class ProtocolException(ProtocolReason reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ProtocolReason Reason { get; } = reason;

    /// <summary>Returns the exception for a caller whose event the protocol does not allow.</summary>
    public ArgumentException AsArgument() => new($"The event cannot be sent. {Message}", this);
}
