using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of a namespace's clients and events: those of its parent first, then its own.</summary>
/// <param name="inherited">The handlers of the group of dynamic namespaces that it belongs to, or null for none.</param>
internal sealed class NamespaceHandlers(NamespaceHandlers? inherited = null)
{
    private ImmutableArray<Func<ServerSocket, Task>> _middlewares = [];
    private ImmutableArray<Func<ServerSocket, Task>> _connected = [];

    public HandlerSet Events { get; } = new(inherited?.Events);

    public ImmutableArray<Func<ServerSocket, Task>> Middlewares => Joined(inherited?.Middlewares, _middlewares);

    public ImmutableArray<Func<ServerSocket, Task>> Connected => Joined(inherited?.Connected, _connected);

    public void Use(Func<ServerSocket, Task> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        ImmutableInterlocked.Update(ref _middlewares, static (all, added) => all.Add(added), middleware);
    }

    public void OnConnected(Func<ServerSocket, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ImmutableInterlocked.Update(ref _connected, static (all, added) => all.Add(added), handler);
    }

    public void On(string name, Func<ServerSocket, EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Events.Add(name, async (socket, incoming) =>
        {
            await handler(socket, incoming.Arguments).ConfigureAwait(false);
            return default;
        });
    }

    public void On(string name, Func<ServerSocket, EventArguments, Task<EventArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Events.Add(name, async (socket, incoming) => (await handler(socket, incoming.Arguments).ConfigureAwait(false)).ToArray());
    }

    public void OnAny(Func<ServerSocket, string, EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Events.AddAny((socket, name, arguments) => handler(socket, name, arguments));
    }

    /// <summary>Handles the events of a contract with one object for all sockets.</summary>
    public void Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
        where TEvents : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        foreach (var name in dispatcher.Events) Events.Add(name, (_, incoming) => dispatcher.DispatchAsync(handler, incoming));
    }

    /// <summary>Handles the events of a contract with one object per socket.</summary>
    public void Handle<TEvents, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        EventDispatcher<TEvents> dispatcher, IServiceScopeFactory scopes)
        where TEvents : class
        where THandler : class, TEvents
    {
        var handlers = new SocketHandlers<TEvents, THandler>(scopes, dispatcher);
        foreach (var name in dispatcher.Events) Events.Add(name, handlers.HandleAsync);
        OnConnected(handlers.ConnectedAsync);
    }

    private static ImmutableArray<Func<ServerSocket, Task>> Joined(
        ImmutableArray<Func<ServerSocket, Task>>? first, ImmutableArray<Func<ServerSocket, Task>> second) =>
        first is { IsEmpty: false } some ? some.AddRange(second) : second;
}
