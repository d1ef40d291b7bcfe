using System.Reflection;
using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>What is read once from a contract's attribute.</summary>
internal static class Contract<TEvents>
{
    // Not thrown while the type is initialised: the caller would get that wrapped in another exception.
    private static readonly string? Known = typeof(TEvents).GetCustomAttribute<SocketEventsAttribute>() is { } contract
        ? NamespacePath.Normalize(contract.Path)
        : null;

    /// <summary>The contract's namespace, with its leading slash.</summary>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public static string Path => Known ?? throw new InvalidOperationException(
        $"{typeof(TEvents)} is not a contract: put [SocketEvents] on the interface, or use Of(\"/path\") for untyped events.");
}

/// <summary>Namespace names as the wire has them.</summary>
internal static class NamespacePath
{
    public const string Root = "/";

    /// <summary>Adds the leading slash when it is missing; empty is the main namespace.</summary>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more bytes than a client may say.</exception>
    public static string Normalize(string path)
    {
        if (path.Contains(',')) throw new ArgumentException($"A namespace cannot have a comma in its name: \"{path}\".", nameof(path));
        if (!path.StartsWith('/')) path = Root + path;
        var bytes = Encoding.UTF8.GetByteCount(path);
        return bytes <= PacketHeader.MaxPathBytes
            ? path
            : throw new ArgumentException($"The name of a namespace can have {PacketHeader.MaxPathBytes} bytes, and this one has {bytes}.", nameof(path));
    }
}
