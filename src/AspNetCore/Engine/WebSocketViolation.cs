namespace TypedSocketRedis.Engine;

/// <summary>A client broke RFC 6455, or sent more than it may.</summary>
/// <param name="code">The close code it is told.</param>
/// <param name="message">What was wrong, for logs.</param>
internal sealed class WebSocketViolation(ushort code, string message) : Exception(message)
{
    public const ushort ProtocolError = 1002;
    public const ushort InvalidData = 1007;
    public const ushort TooBig = 1009;

    public ushort Code { get; } = code;
}
