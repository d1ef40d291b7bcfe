using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <content>What is done about the events of one socket.</content>
public sealed partial class ServerSocket : IEventReceiver
{
    private SocketListeners? _listeners;

    /// <summary>What is done about this socket's events beside what its namespace does; null when that is nothing.</summary>
    internal SocketListeners? Listeners => Volatile.Read(ref _listeners);

    /// <summary>Adds what is done about an event of this client, after the namespace's own handlers of it.</summary>
    /// <remarks>Everything said of <see cref="SocketNamespace.On(string, Func{ServerSocket, EventArguments, Task})"/> holds here too.</remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the event's arguments.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Listening().Handlers.Add(name, async (_, incoming) =>
        {
            await handler(incoming.Arguments).ConfigureAwait(false);
            return default;
        });
    }

    /// <summary>Adds what is done about an event of this client, and what is acknowledged.</summary>
    /// <remarks>As <see cref="On(string, Func{EventArguments, Task})"/>; of several handlers the first result counts.</remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the event's arguments; returns the arguments of the acknowledgement.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public IDisposable On(string name, Func<EventArguments, Task<EventArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Listening().Handlers.Add(name, async (_, incoming) => (await handler(incoming.Arguments).ConfigureAwait(false)).ToArray());
    }

    /// <summary>Adds what is done about every event of this client, before its own handlers; also about those that nobody else handles.</summary>
    /// <remarks>An exception is logged, and the event goes its way.</remarks>
    /// <param name="handler">Gets the event's name and its arguments.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnAny(Func<string, EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Listening().Handlers.AddAny((_, name, arguments) => handler(name, arguments));
    }

    /// <summary>Adds what is told of every event that is sent to this client, alone or with others, from any node.</summary>
    /// <remarks>
    /// It runs inside the call that sends, for each event before the client's transport has it: keep it short. It is told of
    /// volatile events as well, whether or not they are dropped then. An exception is logged, and the event goes its way.
    /// </remarks>
    /// <param name="handler">Gets the event's name and its arguments.</param>
    /// <returns>Disposing it removes the handler; it ends with the socket otherwise.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnAnyOutgoing(Action<string, EventArguments> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Listening().AddOutgoing(handler);
    }

    /// <summary>Adds what each event of this client goes through on its way to its handlers.</summary>
    /// <remarks>
    /// <para>Middlewares run in the order they were added, after the handlers of <c>OnAny</c>. The handlers run, and the
    /// acknowledgement is sent, when all have called <c>next</c>; an event that one does not pass on ends there, without an
    /// acknowledgement. What the handlers throw does not come out of <c>next</c>.</para>
    /// <para>One that throws ends the event as well: a <see cref="SocketEventException"/> is acknowledged with its message; any
    /// other exception is logged, and the client learns only that the event could not be handled.</para>
    /// </remarks>
    /// <param name="middleware">Gets the event and <c>next</c>, whose task completes when the handlers have.</param>
    /// <exception cref="ArgumentNullException">The middleware is null.</exception>
    /// <example><code>
    /// socket.Use((sent, next) => allowed.Contains(sent.Name) ? next() : throw new SocketEventException("not allowed"));
    /// </code></example>
    public void Use(Func<SocketEvent, Func<Task>, Task> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        Listening().Use(middleware);
    }

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Namespace.CheckContract<TEvents>();
        foreach (var name in dispatcher.Events) Listening().Handlers.Add(name, (_, incoming) => dispatcher.DispatchAsync(handler, incoming));
    }

    private SocketListeners Listening() =>
        Listeners ?? Interlocked.CompareExchange(ref _listeners, new SocketListeners(this), null) ?? _listeners;
}
