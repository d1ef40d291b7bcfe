using System.ComponentModel;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis.CompilerServices;

/// <summary>A handler that generated code has read at compile time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandlerDescription
{
    private protected HandlerDescription()
    {
    }

    /// <summary>The attributes of the class.</summary>
    public IReadOnlyList<object> Metadata { get; init; } = [];

    /// <summary>Gets or sets a value indicating whether the class overrides <see cref="SocketHandler.OnConnectedAsync"/>.</summary>
    public bool HandlesConnections { get; init; }

    /// <summary>Gets or sets a value indicating whether the class overrides <see cref="SocketHandler.OnDisconnectedAsync"/>.</summary>
    public bool HandlesDisconnections { get; init; }

    /// <summary>The services that the constructor requires.</summary>
    public IReadOnlyList<HandlerService> Services { get; init; } = [];

    internal abstract Type Type { get; }

    /// <summary>The contracts that the handler implements.</summary>
    internal abstract IReadOnlyList<HandledContract> Contracts { get; }

    /// <summary>Adds the handler to a namespace.</summary>
    /// <param name="contracts">The contracts whose events it handles there.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="lifetime">The lifetime of its objects.</param>
    /// <param name="handlers">The handlers of the namespace's clients.</param>
    /// <param name="serverEvents">The handlers of events from other servers.</param>
    internal abstract void Bind(
        IEnumerable<HandledContract> contracts,
        HandlerNamespace ns,
        HandlerLifetime lifetime,
        NamespaceHandlers handlers,
        ServerEventHandlers serverEvents);
}

/// <summary>A handler that generated code has read at compile time.</summary>
/// <typeparam name="THandler">The handler.</typeparam>
/// <param name="create">The call of its constructor.</param>
/// <param name="contracts">The contracts that it implements.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandlerDescription<THandler>(
    Func<IServiceProvider, THandler> create, params HandledContract<THandler>[] contracts) : HandlerDescription
    where THandler : SocketHandler
{
    internal override Type Type => typeof(THandler);

    internal override IReadOnlyList<HandledContract> Contracts => contracts;

    internal THandler Create(IServiceProvider services) => create(services);

    internal override void Bind(
        IEnumerable<HandledContract> contracts,
        HandlerNamespace ns,
        HandlerLifetime lifetime,
        NamespaceHandlers handlers,
        ServerEventHandlers serverEvents) =>
        new HandlerBinding<THandler>(this, ns, lifetime).Bind(contracts.Cast<HandledContract<THandler>>(), handlers, serverEvents);
}

/// <summary>A service that the constructor of a handler requires.</summary>
/// <param name="Type">The type of the service.</param>
/// <param name="Key">The key of the service, or null for none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct HandlerService(Type Type, object? Key = null);
