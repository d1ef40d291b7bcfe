    /// <summary>Handles the events of <see cref="global::Demo.IShowEvents"/>.</summary>
    public static class ShowEventsDispatcher
    {
        /// <summary>Handles the contract's events with one object per socket.</summary>
        /// <remarks>The object is created from the application's services and its socket when the socket connects, and disposed after the socket has been disconnected.</remarks>
        /// <param name="receiver">The contract's namespace.</param>
        /// <typeparam name="THandler">The class that implements the contract.</typeparam>
        public static void HandleShowEvents<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this global::TypedSocketRedis.ISocketEventReceiver receiver)
            where THandler : class, global::Demo.IShowEvents =>
            receiver.Handle<global::Demo.IShowEvents, THandler>(Dispatcher.Instance);

        /// <summary>Handles the contract's events with one object.</summary>
        /// <param name="receiver">The receiver of the events.</param>
        /// <param name="handler">The object that handles the events. Events of different senders are handled concurrently.</param>
        public static void HandleShowEvents(this global::TypedSocketRedis.IEventReceiver receiver, global::Demo.IShowEvents handler) =>
            receiver.Handle<global::Demo.IShowEvents>(Dispatcher.Instance, handler);

        private sealed class Dispatcher : global::TypedSocketRedis.EventDispatcher<global::Demo.IShowEvents>
        {
            public static readonly Dispatcher Instance = new Dispatcher();

            public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "show" };

            public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IShowEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
            {
                "show" => Event0(handler, incoming),
                _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
            };

            private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IShowEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                int argument0 = (int)(3);
                string? argument1 = "x";
                global::Demo.Level? argument2 = (global::Demo.Level)(1);
                double argument3 = (double)(double.NaN);
                try
                {
                    if (arguments.Next("times", isOptional: true))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                    if (arguments.Next("text", isOptional: true))
                        argument1 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader);
                    if (arguments.Next("level", isOptional: true))
                        argument2 = global::TypedSocketRedis.CompilerServices.EnumReader.Read<global::Demo.Level, int>(ref reader);
                    if (arguments.Next("ratio", isOptional: true))
                        argument3 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadDouble(ref reader);
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                using (new global::TypedSocketRedis.CompilerServices.HandlerScope(incoming)) handler.Show(argument0, argument1, argument2, argument3);
                return global::TypedSocketRedis.CompilerServices.EventAck.Done;
            }
        }
    }
