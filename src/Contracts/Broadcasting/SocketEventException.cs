namespace TypedSocketRedis;

/// <summary>
/// The exception that a handler throws to return an error message to the sender of an event, or a middleware to refuse a client with a
/// message.
/// </summary>
/// <remarks>
/// <para>Only the message is sent to the side that requested an acknowledgement: <c>[{"error":"No such room."}]</c>. Any other exception
/// is logged and sent as <c>[{"error":"The event could not be handled."}]</c>.</para>
/// <para>A client that is not admitted to a namespace gets message and details as its <c>connect_error</c>:
/// <c>{"message":"Not authorized.","data":{"code":7}}</c>.</para>
/// </remarks>
/// <param name="message">The message for the other side.</param>
/// <param name="details">The details for a refused client, its <c>error.data</c>, or null for none. Bytes in it arrive as numbers.</param>
public sealed class SocketEventException(string message, SocketArgument? details = null) : Exception(message)
{
    /// <summary>The details for a refused client besides the message, or null for none.</summary>
    public SocketArgument? Details { get; } = details;
}
