namespace TypedSocketRedis;

/// <summary>Names an event on the wire; without it the name is the method's name in camelCase.</summary>
/// <param name="name">The event's name, any text that Socket.IO does not reserve, for example <c>user joined</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SocketEventAttribute(string name) : Attribute
{
    /// <summary>The event's name on the wire.</summary>
    public string Name { get; } = name;
}
