namespace TypedSocketRedis.Protocol;

/// <summary>A peer sent something that the protocol does not allow; it ends that one connection or drops that one message.</summary>
/// <param name="cause">A short, stable name of the cause, for counting: <c>depth</c>, <c>attachments</c>, <c>json</c>.</param>
/// <param name="message">What was wrong, for logs.</param>
/// <param name="innerException">The parser's own exception, if it was one.</param>
internal sealed class ProtocolException(string cause, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public string Cause { get; } = cause;

    /// <summary>The same to whoever asked for something that the protocol does not allow.</summary>
    public ArgumentException AsArgument() => new($"The event cannot be sent. {Message}", this);
}
