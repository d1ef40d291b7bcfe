namespace TypedSocketRedis;

/// <summary>Sets the name of an event on the wire. Default: the method's name in camelCase.</summary>
/// <param name="name">The event's name, which can be any text that Socket.IO does not reserve, for example <c>user joined</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SocketEventAttribute(string name) : Attribute
{
    /// <summary>The name of the event on the wire.</summary>
    public string Name { get; } = name;
}
