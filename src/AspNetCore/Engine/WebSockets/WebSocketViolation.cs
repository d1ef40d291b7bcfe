namespace TypedSocketRedis.Engine;

/// <summary>The exception that is thrown when a client violates RFC 6455 or exceeds a size limit.</summary>
/// <param name="code">The close code that is sent to the client.</param>
/// <param name="message">The description of the violation, for logs.</param>
internal sealed class WebSocketViolation(ushort code, string message) : Exception(message)
{
    public const ushort ProtocolError = 1002;
    public const ushort InvalidData = 1007;
    public const ushort TooBig = 1009;

    public ushort Code { get; } = code;
}
