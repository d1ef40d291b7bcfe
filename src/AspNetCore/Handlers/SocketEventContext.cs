namespace TypedSocketRedis;

/// <summary>An event on its way through the filters to its handlers.</summary>
public sealed class SocketEventContext
{
    /// <summary>Creates a context, for a test of a filter.</summary>
    /// <param name="socket">The socket that the event came from.</param>
    /// <param name="name">The event's name on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <param name="services">The services of the event's scope.</param>
    /// <param name="metadata">The attributes of the handler's class and method; by default none.</param>
    /// <exception cref="ArgumentNullException">The socket, the name or the services are null.</exception>
    public SocketEventContext(
        ISocket socket, string name, SocketArguments arguments, IServiceProvider services, IReadOnlyList<object>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(services);
        (Socket, Name, Arguments, Services, Metadata) = (socket, name, arguments, services, metadata ?? []);
    }

    /// <summary>The socket that the event came from.</summary>
    public ISocket Socket { get; }

    /// <summary>The event's name on the wire.</summary>
    public string Name { get; }

    /// <summary>The event's arguments.</summary>
    public SocketArguments Arguments { get; }

    /// <summary>The services of the event's scope, in which its handler is created.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The attributes of the handler's class, then those of its method; empty for a handler that is not a class.</summary>
    public IReadOnlyList<object> Metadata { get; }
}
