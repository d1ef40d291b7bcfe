using System.Reflection;
using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The directions of a contract's events.</summary>
internal enum ContractDirection
{
    /// <summary>The type is not a contract.</summary>
    None,

    /// <summary>From servers to clients.</summary>
    Events,

    /// <summary>From clients to servers.</summary>
    Commands,

    /// <summary>From servers to servers.</summary>
    Servers,
}

/// <summary>The values of a contract's attribute, which is read once.</summary>
internal static class Contract<TEvents>
{
    // The exception is not thrown by the type initializer, which would wrap it in another one.
    private static readonly (ContractDirection Direction, string? Path) Known = Read();

    /// <summary>The direction of the contract's events.</summary>
    public static ContractDirection Direction => Known.Direction;

    /// <summary>The contract's namespace, with its leading slash; the main namespace for <see cref="AnyEvents"/>.</summary>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public static string Path => Known.Path ?? throw NotA("a contract", "[SocketEvents], [SocketCommands] or [ServerEvents]");

    /// <summary>The namespace of a contract whose events servers send to clients.</summary>
    /// <exception cref="InvalidOperationException">The type is no such contract.</exception>
    public static string EventsPath => Known.Direction == ContractDirection.Events
        ? Path : throw NotA("a contract of events for clients", "[SocketEvents]");

    /// <summary>The namespace of a contract whose events servers send to each other.</summary>
    /// <exception cref="InvalidOperationException">The type is no such contract.</exception>
    public static string ServersPath => Known.Direction == ContractDirection.Servers || typeof(TEvents) == typeof(AnyEvents)
        ? Path : throw NotA("a contract of events between servers", "[ServerEvents]");

    private static (ContractDirection Direction, string? Path) Read()
    {
        var type = typeof(TEvents);
        if (type == typeof(AnyEvents)) return (ContractDirection.Events, NamespacePath.Root);
        if (type.GetCustomAttribute<SocketEventsAttribute>() is { } events)
            return (ContractDirection.Events, NamespacePath.Normalize(events.Path));
        if (type.GetCustomAttribute<SocketCommandsAttribute>() is { } commands)
            return (ContractDirection.Commands, NamespacePath.Normalize(commands.Path));
        if (type.GetCustomAttribute<ServerEventsAttribute>() is { } servers)
            return (ContractDirection.Servers, NamespacePath.Normalize(servers.Path));
        return default;
    }

    private static InvalidOperationException NotA(string kind, string attribute) => new(
        $"{typeof(TEvents)} is not {kind}; apply {attribute} to the interface, or use AnyEvents for events without a contract.");
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
