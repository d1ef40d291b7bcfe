namespace TypedSocketRedis;

/// <summary>Gives a type its generated formatter although no contract mentions it: for a socket's data and for untyped events.</summary>
/// <remarks>
/// The formatter is found through the assembly's generated <c>SocketEventsResolver</c>. The rules are those of a contract's
/// payloads: a type that cannot be sent is the same error. Without type parameters only; a closed generic type is reached
/// through a property of another payload.
/// <code>[SocketPayload] public sealed record Profile(string Name, int Level);</code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum, Inherited = false)]
public sealed class SocketPayloadAttribute : Attribute;
