namespace TypedSocketRedis.Namespaces;

/// <summary>A namespace of the server, in contrast to a substitute of a test.</summary>
internal interface IHandledNamespace
{
    /// <summary>The handlers of its clients and events.</summary>
    NamespaceHandlers Handlers { get; }

    /// <summary>Returns the handlers of a namespace.</summary>
    /// <exception cref="ArgumentException">The object is not a namespace of a server.</exception>
    static NamespaceHandlers Of<TEvents>(ISocketNamespace<TEvents> ns)
        where TEvents : class => ns is IHandledNamespace known
            ? known.Handlers
            : throw new ArgumentException("The object is not a namespace of a SocketIOServer.", nameof(ns));
}
