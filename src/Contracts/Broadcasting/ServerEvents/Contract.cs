using System.Reflection;
using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The values of a contract's attribute, which is read once.</summary>
internal static class Contract<TEvents>
{
    // The exception is not thrown by the type initializer, which would wrap it in another one.
    private static readonly string? Known = typeof(TEvents).GetCustomAttribute<SocketEventsAttribute>() is { } contract
        ? NamespacePath.Normalize(contract.Path)
        : null;

    /// <summary>The contract's namespace, with its leading slash.</summary>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public static string Path => Known ?? throw new InvalidOperationException(
        $"{typeof(TEvents)} is not a contract; apply [SocketEvents] to the interface, or use Of(\"/path\") for untyped events.");
}

/// <summary>The names of namespaces on the wire.</summary>
internal static class NamespacePath
{
    public const string Root = "/";

    /// <summary>Adds the leading slash if it is missing. An empty name is the main namespace.</summary>
    /// <exception cref="ArgumentException">The name contains a comma, which ends it on the wire, or has more bytes than a client can
    /// send.</exception>
    public static string Normalize(string path)
    {
        if (path.Contains(',')) throw new ArgumentException($"The name of a namespace cannot contain a comma: \"{path}\".", nameof(path));
        if (!path.StartsWith('/')) path = Root + path;
        var bytes = Encoding.UTF8.GetByteCount(path);
        return bytes <= PacketHeader.MaxPathBytes
            ? path
            : throw new ArgumentException(
                $"The name of a namespace can have at most {PacketHeader.MaxPathBytes} bytes, but this one has {bytes}.", nameof(path));
    }
}
