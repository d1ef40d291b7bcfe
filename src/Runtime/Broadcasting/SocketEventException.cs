namespace TypedSocketRedis;

/// <summary>Thrown by a handler to tell the sender of an event why it was not done.</summary>
/// <remarks>
/// The message, and nothing else, reaches who asked for an acknowledgement: <c>[{"error":"No such room."}]</c>. Every other
/// exception is logged and reaches the sender as <c>[{"error":"The event could not be handled."}]</c>.
/// </remarks>
/// <param name="message">What the sender is told.</param>
public sealed class SocketEventException(string message) : Exception(message);
