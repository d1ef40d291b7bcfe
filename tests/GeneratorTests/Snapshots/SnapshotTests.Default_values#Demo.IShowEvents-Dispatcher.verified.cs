    /// <summary>Decodes the events of <see cref="global::Demo.IShowEvents"/> and calls a handler.</summary>
    internal sealed class ShowEventsDispatcher : global::TypedSocketRedis.CompilerServices.EventDispatcher<global::Demo.IShowEvents>
    {
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Register() => global::TypedSocketRedis.CompilerServices.EventDispatchers.Add<global::Demo.IShowEvents>(new ShowEventsDispatcher());

        public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "show" };

        public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IShowEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
        {
            "show" => Event0(handler, incoming),
            _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
        };

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IShowEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 4);
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

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Show(argument0, argument1, argument2, argument3));
        }
    }
