    /// <summary>Handles the events of <see cref="global::Demo.IBoth"/>.</summary>
    public static class BothDispatcher
    {
        /// <summary>Handles the contract's events with one object per socket.</summary>
        /// <remarks>The object is created from the application's services and its socket when the socket connects, and disposed after the socket has been disconnected.</remarks>
        /// <param name="receiver">The contract's namespace.</param>
        /// <typeparam name="THandler">The class that implements the contract.</typeparam>
        public static void HandleBoth<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this global::TypedSocketRedis.ISocketEventReceiver receiver)
            where THandler : class, global::Demo.IBoth =>
            receiver.Handle<global::Demo.IBoth, THandler>(Dispatcher.Instance);

        /// <summary>Handles the contract's events with one object.</summary>
        /// <param name="receiver">The receiver of the events.</param>
        /// <param name="handler">The object that handles the events. Events of different senders are handled concurrently.</param>
        public static void HandleBoth(this global::TypedSocketRedis.IEventReceiver receiver, global::Demo.IBoth handler) =>
            receiver.Handle<global::Demo.IBoth>(Dispatcher.Instance, handler);

        private sealed class Dispatcher : global::TypedSocketRedis.EventDispatcher<global::Demo.IBoth>
        {
            public static readonly Dispatcher Instance = new Dispatcher();

            public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "stop" };

            public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IBoth handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
            {
                "stop" => Event0(handler, incoming),
                _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
            };

            private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IBoth handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                return global::TypedSocketRedis.CompilerServices.EventAck.Of(((global::Demo.IOne)handler).Stop());
            }
        }
    }
