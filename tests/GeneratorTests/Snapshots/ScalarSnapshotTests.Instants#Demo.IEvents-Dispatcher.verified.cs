    /// <summary>Handles the events of <see cref="global::Demo.IEvents"/>.</summary>
    public static class EventsDispatcher
    {
        /// <summary>Handles the contract's events with one object per socket.</summary>
        /// <remarks>The object is created from the application's services and its socket when the socket connects, and disposed after the socket has been disconnected.</remarks>
        /// <param name="receiver">The contract's namespace.</param>
        /// <typeparam name="THandler">The class that implements the contract.</typeparam>
        public static void HandleEvents<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this global::TypedSocketRedis.ISocketEventReceiver receiver)
            where THandler : class, global::Demo.IEvents =>
            receiver.Handle<global::Demo.IEvents, THandler>(Dispatcher.Instance);

        /// <summary>Handles the contract's events with one object.</summary>
        /// <param name="receiver">The receiver of the events.</param>
        /// <param name="handler">The object that handles the events. Events of different senders are handled concurrently.</param>
        public static void HandleEvents(this global::TypedSocketRedis.IEventReceiver receiver, global::Demo.IEvents handler) =>
            receiver.Handle<global::Demo.IEvents>(Dispatcher.Instance, handler);

        private sealed class Dispatcher : global::TypedSocketRedis.EventDispatcher<global::Demo.IEvents>
        {
            public static readonly Dispatcher Instance = new Dispatcher();

            public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "sent" };

            public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
            {
                "sent" => Event0(handler, incoming),
                _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
            };

            private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::System.DateTime argument0 = default!;
                global::System.DateTimeOffset argument1 = default!;
                try
                {
                    if (arguments.Next("a", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadDateTime(ref reader);
                    if (arguments.Next("b", isOptional: false))
                        argument1 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadDateTimeOffset(ref reader);
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                using (new global::TypedSocketRedis.CompilerServices.HandlerScope(incoming)) handler.Sent(argument0, argument1);
                return global::TypedSocketRedis.CompilerServices.EventAck.Done;
            }
        }
    }
