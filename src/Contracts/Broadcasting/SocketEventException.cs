namespace TypedSocketRedis;

/// <summary>Thrown by a handler to tell the sender of an event, or by a middleware to tell a client, why it was refused.</summary>
/// <remarks>
/// <para>The message, and nothing else, reaches who asked for an acknowledgement: <c>[{"error":"No such room."}]</c>. Every other
/// exception is logged and reaches the sender as <c>[{"error":"The event could not be handled."}]</c>.</para>
/// <para>A client that is not admitted to a namespace gets message and details as its <c>connect_error</c>:
/// <c>{"message":"Not authorized.","data":{"code":7}}</c>.</para>
/// </remarks>
/// <param name="message">What the other side is told.</param>
/// <param name="details">What a refused client is told beyond it, its <c>error.data</c>; bytes in it arrive spelled out as numbers.</param>
public sealed class SocketEventException(string message, EventArgument? details = null) : Exception(message)
{
    /// <summary>What a refused client is told beyond the message; null for nothing.</summary>
    public EventArgument? Details { get; } = details;
}
