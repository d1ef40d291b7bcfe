    /// <summary>Handles the events of <see cref="global::Demo.IClockCommands"/>.</summary>
    public static class ClockCommandsDispatcher
    {
        /// <summary>Handles the contract's events with one object per socket.</summary>
        /// <remarks>The object is created from the application's services and its socket when the socket connects, and disposed after the socket has been disconnected.</remarks>
        /// <param name="receiver">The contract's namespace.</param>
        /// <typeparam name="THandler">The class that implements the contract.</typeparam>
        public static void HandleClockCommands<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this global::TypedSocketRedis.ISocketEventReceiver receiver)
            where THandler : class, global::Demo.IClockCommands =>
            receiver.Handle<global::Demo.IClockCommands, THandler>(Dispatcher.Instance);

        /// <summary>Handles the contract's events with one object.</summary>
        /// <param name="receiver">The receiver of the events.</param>
        /// <param name="handler">The object that handles the events. Events of different senders are handled concurrently.</param>
        public static void HandleClockCommands(this global::TypedSocketRedis.IEventReceiver receiver, global::Demo.IClockCommands handler) =>
            receiver.Handle<global::Demo.IClockCommands>(Dispatcher.Instance, handler);

        private sealed class Dispatcher : global::TypedSocketRedis.EventDispatcher<global::Demo.IClockCommands>
        {
            public static readonly Dispatcher Instance = new Dispatcher();

            public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "show" };

            public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IClockCommands handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
            {
                "show" => Event0(handler, incoming),
                _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
            };

            private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IClockCommands handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                string? argument0 = default!;
                int argument1 = (int)(3);
                string[] argument2 = [];
                try
                {
                    if (arguments.Next("text", isOptional: true))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader);
                    if (arguments.Next("times", isOptional: true))
                        argument1 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                    if (arguments.Next("rest", isOptional: true))
                        argument2 = global::TypedSocketRedis.Generated.Array_1Of_StringFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                using (new global::TypedSocketRedis.CompilerServices.HandlerScope(incoming)) handler.Show(argument0, argument1, argument2);
                return global::TypedSocketRedis.CompilerServices.EventAck.Done;
            }
        }
    }
