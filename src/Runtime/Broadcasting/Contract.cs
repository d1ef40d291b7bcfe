using System.Reflection;

namespace TypedSocketRedis.Broadcasting;

/// <summary>What is read once from a contract's attribute.</summary>
internal static class Contract<TEvents>
{
    /// <summary>The contract's namespace, with its leading slash.</summary>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public static string Path { get; } = NamespacePath.Normalize(
        typeof(TEvents).GetCustomAttribute<SocketEventsAttribute>()?.Path
        ?? throw new InvalidOperationException(
            $"{typeof(TEvents)} is not a contract: put [SocketEvents] on the interface, or use Of(\"/path\") for untyped events."));
}

/// <summary>Namespace names as the wire has them.</summary>
internal static class NamespacePath
{
    public const string Root = "/";

    /// <summary>Adds the leading slash when it is missing; empty is the main namespace.</summary>
    public static string Normalize(string path) => path.StartsWith('/') ? path : Root + path;
}
