using System.ComponentModel;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.CompilerServices;

/// <summary>A contract that a handler implements.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandledContract
{
    private protected HandledContract()
    {
    }

    internal abstract Type Type { get; }

    internal abstract ContractDirection Direction { get; }

    /// <summary>The namespace that the contract names.</summary>
    internal abstract string Path { get; }

    /// <summary>The names of its events on the wire.</summary>
    internal abstract IReadOnlyList<string> Events { get; }

    /// <summary>Returns the attributes of the method of an event.</summary>
    internal abstract IReadOnlyList<object> MetadataOf(string name);
}

/// <summary>A contract that a handler implements.</summary>
/// <typeparam name="THandler">The handler.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandledContract<THandler> : HandledContract
    where THandler : SocketHandler
{
    private protected HandledContract()
    {
    }

    internal abstract ValueTask<ReadOnlyMemory<byte>> DispatchAsync(THandler handler, IncomingEvent incoming);
}

/// <summary>A contract that a handler implements.</summary>
/// <typeparam name="THandler">The handler.</typeparam>
/// <typeparam name="TContract">The contract.</typeparam>
/// <param name="metadata">The events whose methods have attributes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandledContract<THandler, TContract>(params HandledEvent[] metadata) : HandledContract<THandler>
    where THandler : SocketHandler, TContract
    where TContract : class
{
    private EventDispatcher<TContract>? _dispatcher;

    internal override Type Type => typeof(TContract);

    internal override ContractDirection Direction => Contract<TContract>.Direction;

    internal override string Path => Contract<TContract>.Path;

    internal override IReadOnlyList<string> Events => Dispatcher.Events;

    private EventDispatcher<TContract> Dispatcher => _dispatcher ??= EventDispatchers.Of<TContract>();

    internal override IReadOnlyList<object> MetadataOf(string name) =>
        Array.Find(metadata, e => e.Name == name)?.Metadata ?? [];

    internal override ValueTask<ReadOnlyMemory<byte>> DispatchAsync(THandler handler, IncomingEvent incoming) =>
        Dispatcher.DispatchAsync(handler, incoming);
}

/// <summary>An event whose method has attributes.</summary>
/// <param name="name">The event's name on the wire.</param>
/// <param name="metadata">The attributes of the method.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandledEvent(string name, params object[] metadata)
{
    internal string Name => name;

    internal IReadOnlyList<object> Metadata => metadata;
}
