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
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 4);
            global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
            ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
            global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
            global::System.Text.Json.JsonElement argument0 = default!;
            global::System.Text.Json.Nodes.JsonNode? argument1 = default!;
            object? argument2 = default!;
            global::TypedSocketRedis.SocketArgument argument3 = default!;
            try
            {
                if (arguments.NextOrNull("a"))
                    argument0 = global::TypedSocketRedis.CompilerServices.DynamicReader.ReadJsonElement(ref reader);
                if (arguments.Next("b", isOptional: true))
                    argument1 = global::TypedSocketRedis.CompilerServices.DynamicReader.ReadJsonNode(ref reader);
                if (arguments.Next("c", isOptional: true))
                    argument2 = global::TypedSocketRedis.CompilerServices.DynamicReader.ReadObject(ref reader, options);
                if (arguments.NextOrNull("d"))
                    argument3 = global::TypedSocketRedis.CompilerServices.DynamicReader.ReadSocketArgument(ref reader);
            }
            catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
            {
                throw arguments.Refused(exception);
            }

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Sent(argument0, argument1, argument2, argument3));
        }
    }
