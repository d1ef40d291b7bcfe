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
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 9);
            global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
            ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
            bool? argument0 = default!;
            int? argument1 = default!;
            decimal? argument2 = default!;
            string? argument3 = default!;
            global::System.Guid? argument4 = default!;
            global::System.DateTime? argument5 = default!;
            byte[]? argument6 = default!;
            global::System.ReadOnlyMemory<byte>? argument7 = default!;
            global::System.DayOfWeek? argument8 = default!;
            try
            {
                if (arguments.Next("a", isOptional: true))
                    argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadBoolean(ref reader);
                if (arguments.Next("b", isOptional: true))
                    argument1 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                if (arguments.Next("c", isOptional: true))
                    argument2 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadDecimal(ref reader);
                if (arguments.Next("d", isOptional: true))
                    argument3 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader);
                if (arguments.Next("e", isOptional: true))
                    argument4 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadGuid(ref reader);
                if (arguments.Next("f", isOptional: true))
                    argument5 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadDateTime(ref reader);
                if (arguments.Next("g", isOptional: true))
                    argument6 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadBytes(ref reader);
                if (arguments.Next("h", isOptional: true))
                    argument7 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadMemory(ref reader);
                if (arguments.Next("i", isOptional: true))
                    argument8 = global::TypedSocketRedis.CompilerServices.EnumReader.Read<global::System.DayOfWeek, int>(ref reader);
            }
            catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
            {
                throw arguments.Refused(exception);
            }

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Sent(argument0, argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8));
        }
    }
