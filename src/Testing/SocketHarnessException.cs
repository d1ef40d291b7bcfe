namespace TypedSocketRedis;

/// <summary>The exception for a client or a command that the server refused, and for a client that is disconnected.</summary>
/// <param name="message">The message of the server, or the reason.</param>
/// <param name="code">The code of the server.</param>
/// <param name="details">The details of the server.</param>
/// <param name="innerException">The exception that disconnected the client, for example one of its acknowledgement function.</param>
public sealed class SocketHarnessException(
    string message, string? code = null, SocketArgument details = default, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The code that the server sent, for example <c>unauthenticated</c> or <c>forbidden</c>; null if it sent none.</summary>
    public string? Code { get; } = code;

    /// <summary>The details that the server sent to a refused client, its <c>error.data</c>; null if it sent none.</summary>
    public SocketArgument Details { get; } = details;
}
