namespace TypedSocketRedis;

/// <summary>What a namespace asks of, and tells, the other servers of its cluster.</summary>
public static class SocketNamespaceClusterExtensions
{
    extension(SocketNamespace ns)
    {
        /// <summary>What is done about the events of other servers; the generated <c>Handle…</c> methods extend it.</summary>
        /// <example><code>
        /// io.Of("/").ServerEvents.HandleClusterEvents(new CacheInvalidator());
        /// </code></example>
        public ServerEvents ServerEvents => ns.Adapter.ServerEvents;

        /// <summary>The other servers that have the namespace, as receivers of a contract's events.</summary>
        /// <typeparam name="TEvents">A contract of this namespace.</typeparam>
        /// <returns>The receivers.</returns>
        /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
        public Servers<TEvents> Servers<TEvents>()
        {
            ns.CheckContract<TEvents>();
            return new Servers<TEvents>(ns.Adapter.Servers);
        }

        /// <summary>The other servers that have the namespace, as receivers of events without a contract.</summary>
        /// <returns>The receivers.</returns>
        public Servers<AnyEvents> Servers() => new(ns.Adapter.Servers);

        /// <summary>Adds what is done about an event of other servers; the same as <see cref="ServerEvents.On(string, Func{EventArguments, Task})"/>.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">Gets the event's arguments.</param>
        /// <returns>The namespace itself.</returns>
        /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
        public SocketNamespace OnServerEvent(string name, Func<EventArguments, Task> handler)
        {
            ns.Adapter.ServerEvents.On(name, handler);
            return ns;
        }

        /// <summary>Adds what is done about an event of other servers, and what is acknowledged; the same as <see cref="ServerEvents.On(string, Func{EventArguments, Task{EventArguments}})"/>.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">Gets the event's arguments; of what it returns the first argument travels.</param>
        /// <returns>The namespace itself.</returns>
        /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
        public SocketNamespace OnServerEvent(string name, Func<EventArguments, Task<EventArguments>> handler)
        {
            ns.Adapter.ServerEvents.On(name, handler);
            return ns;
        }

        /// <summary>Adds what is done about an event of other servers, and what is acknowledged, if anything; the same as <see cref="ServerEvents.On(string, Func{EventArguments, Task{EventArguments?}})"/>.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">Gets the event's arguments; null leaves the event unacknowledged.</param>
        /// <returns>The namespace itself.</returns>
        /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
        public SocketNamespace OnServerEvent(string name, Func<EventArguments, Task<EventArguments?>> handler)
        {
            ns.Adapter.ServerEvents.On(name, handler);
            return ns;
        }

        /// <summary>Counts the servers of the cluster that have the namespace, this one included.</summary>
        /// <param name="cancellationToken">Ends the wait.</param>
        /// <returns>Their number; 1 without an adapter that connects servers.</returns>
        /// <exception cref="TimeoutException">Redis did not answer.</exception>
        public Task<int> ServerCountAsync(CancellationToken cancellationToken = default) => ns.Adapter.ServerCountAsync(cancellationToken);

        /// <summary>Asks every server of the cluster for the rooms that have members there.</summary>
        /// <param name="cancellationToken">Ends the wait.</param>
        /// <returns>The rooms of the servers that answered in time, and how many did not.</returns>
        public Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken = default) => ns.Adapter.AllRoomsAsync(cancellationToken);
    }
}
