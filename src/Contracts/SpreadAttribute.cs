namespace TypedSocketRedis;

/// <summary>
/// Sends each element of the last parameter of an event as an argument of its own, as JavaScript's <c>...args</c>. Without it the parameter
/// is one argument, an array.
/// </summary>
/// <remarks>
/// The parameter is an array, a <c>List</c> or an interface of one, with or without <c>params</c>. A handler gets all arguments from its
/// position on.
/// </remarks>
/// <example><code>
/// [SocketCommands]
/// public interface IRoomCommands
/// {
///     Task Join(string token, [Spread] params string[] rooms);     // socket.emit("join", token, "a", "b")
/// }
/// </code></example>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SpreadAttribute : Attribute;
