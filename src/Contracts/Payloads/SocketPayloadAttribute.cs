namespace TypedSocketRedis;

/// <summary>Generates a formatter for a type that no contract uses, for a socket's data and for untyped events.</summary>
/// <remarks>
/// The formatter is available from the assembly's generated <c>SocketEventsResolver</c>. The rules are those of a contract's
/// payloads, with the same error for a type that cannot be sent. The type cannot have type parameters; a closed generic type is
/// included as a property of another payload.
/// <code>[SocketPayload] public sealed record Profile(string Name, int Level);</code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum, Inherited = false)]
public sealed class SocketPayloadAttribute : Attribute;
