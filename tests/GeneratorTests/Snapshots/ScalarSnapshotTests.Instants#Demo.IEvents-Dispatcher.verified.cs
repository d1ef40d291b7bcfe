    /// <summary>Decodes the events of <see cref="global::Demo.IEvents"/> and calls a handler.</summary>
    internal sealed class EventsDispatcher : global::TypedSocketRedis.CompilerServices.EventDispatcher<global::Demo.IEvents>
    {
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Register() => global::TypedSocketRedis.CompilerServices.EventDispatchers.Add<global::Demo.IEvents>(new EventsDispatcher());

        public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "sent" };

        public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
        {
            "sent" => Event0(handler, incoming),
            _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
        };

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 2);
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

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Sent(argument0, argument1));
        }
    }
