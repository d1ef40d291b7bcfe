namespace TypedSocketRedis;

/// <summary>Requests and messages from a namespace to the other servers of its cluster.</summary>
public static class SocketNamespaceClusterExtensions
{
    extension(SocketNamespace ns)
    {
        /// <summary>The handlers of events from other servers; the generated <c>Handle…</c> methods extend it.</summary>
        /// <example><code>
        /// io.Of("/").ServerEvents.HandleClusterEvents(new CacheInvalidator());
        /// </code></example>
        public ServerEvents ServerEvents => ns.Adapter.ServerEvents;

        /// <summary>Returns the other servers that have the namespace, as receivers of a contract's events.</summary>
        /// <typeparam name="TEvents">A contract of this namespace.</typeparam>
        /// <returns>The receivers.</returns>
        /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
        public Servers<TEvents> Servers<TEvents>()
        {
            ns.CheckContract<TEvents>();
            return new Servers<TEvents>(ns.Adapter.Servers);
        }

        /// <summary>Returns the other servers that have the namespace, as receivers of events without a contract.</summary>
        /// <returns>The receivers.</returns>
        public Servers<AnyEvents> Servers() => new(ns.Adapter.Servers);

        /// <summary>Adds a handler of an event from other servers; the same as <see cref="ServerEvents.On(string, Func{SocketArguments,
        /// Task})"/>.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">The handler. Receives the event's arguments.</param>
        /// <returns>The registration, which removes the handler when it is disposed.</returns>
        /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
        public IDisposable OnServerEvent(string name, Func<SocketArguments, Task> handler) =>
            ns.Adapter.ServerEvents.On(name, handler);

        /// <summary>Adds a handler of an event from other servers that returns its ack; the same as <see cref="ServerEvents.On(string,
        /// Func{SocketArguments, Task{SocketArguments}})"/>.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">The handler. Receives the event's arguments; the first argument of its result is sent back.</param>
        /// <returns>The registration, which removes the handler when it is disposed.</returns>
        /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
        public IDisposable OnServerEvent(string name, Func<SocketArguments, Task<SocketArguments>> handler) =>
            ns.Adapter.ServerEvents.On(name, handler);

        /// <summary>Adds a handler of an event from other servers that can return its ack; the same as <see
        /// cref="ServerEvents.On(string, Func{SocketArguments, Task{SocketArguments?}})"/>.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">The handler. Receives the event's arguments; null leaves the event unacknowledged.</param>
        /// <returns>The registration, which removes the handler when it is disposed.</returns>
        /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
        public IDisposable OnServerEvent(string name, Func<SocketArguments, Task<SocketArguments?>> handler) =>
            ns.Adapter.ServerEvents.On(name, handler);

        /// <summary>Counts the servers of the cluster that have the namespace, this one included.</summary>
        /// <param name="cancellationToken">The token that ends the wait.</param>
        /// <returns>The number of servers; 1 without an adapter that connects servers.</returns>
        /// <exception cref="TimeoutException">Redis did not respond.</exception>
        public Task<int> ServerCountAsync(CancellationToken cancellationToken = default) => ns.Adapter.ServerCountAsync(cancellationToken);

        /// <summary>Requests the non-empty rooms of every server of the cluster.</summary>
        /// <param name="cancellationToken">The token that ends the wait.</param>
        /// <returns>The rooms of the servers that responded in time, and the number of those that did not.</returns>
        public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken = default) =>
            ns.Adapter.AllRoomsAsync(cancellationToken);
    }
}
