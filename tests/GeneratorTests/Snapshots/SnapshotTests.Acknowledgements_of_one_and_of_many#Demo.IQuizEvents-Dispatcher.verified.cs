    /// <summary>Handles the events of <see cref="global::Demo.IQuizEvents"/>.</summary>
    public static class QuizEventsDispatcher
    {
        /// <summary>Handles the contract's events with one object per socket.</summary>
        /// <remarks>The object is created from the application's services and its socket when the socket connects, and disposed after the socket has been disconnected.</remarks>
        /// <param name="receiver">The contract's namespace.</param>
        /// <typeparam name="THandler">The class that implements the contract.</typeparam>
        public static void HandleQuizEvents<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this global::TypedSocketRedis.ISocketEventReceiver receiver)
            where THandler : class, global::Demo.IQuizEvents =>
            receiver.Handle<global::Demo.IQuizEvents, THandler>(Dispatcher.Instance);

        /// <summary>Handles the contract's events with one object.</summary>
        /// <param name="receiver">The receiver of the events.</param>
        /// <param name="handler">The object that handles the events. Events of different senders are handled concurrently.</param>
        public static void HandleQuizEvents(this global::TypedSocketRedis.IEventReceiver receiver, global::Demo.IQuizEvents handler) =>
            receiver.Handle<global::Demo.IQuizEvents>(Dispatcher.Instance, handler);

        private sealed class Dispatcher : global::TypedSocketRedis.EventDispatcher<global::Demo.IQuizEvents>
        {
            public static readonly Dispatcher Instance = new Dispatcher();

            public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "ask" };

            public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IQuizEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
            {
                "ask" => Event0(handler, incoming),
                _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
            };

            private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IQuizEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                string argument0 = default!;
                try
                {
                    if (arguments.Next("question", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Ask(argument0), incoming.ExpectsAck, static (ref global::MessagePack.MessagePackWriter writer, string? value) =>
                {
                    global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer, value);
                });
            }
        }
    }
