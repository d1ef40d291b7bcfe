namespace TypedSocketRedis;

/// <summary>Sets the names and values on the wire for all contracts and marked payload types of an assembly.</summary>
/// <example><code>
/// [assembly: SocketContractDefaults(Naming = SocketNaming.SnakeCaseLower, EnumsAsText = true)]
/// </code></example>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SocketContractDefaultsAttribute : SocketContractOptionsAttribute;
