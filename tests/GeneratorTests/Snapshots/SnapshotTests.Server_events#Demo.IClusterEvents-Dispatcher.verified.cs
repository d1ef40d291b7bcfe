    /// <summary>Decodes the events of <see cref="global::Demo.IClusterEvents"/> and calls a handler.</summary>
    internal sealed class ClusterEventsDispatcher : global::TypedSocketRedis.CompilerServices.EventDispatcher<global::Demo.IClusterEvents>
    {
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Register() => global::TypedSocketRedis.CompilerServices.EventDispatchers.Add<global::Demo.IClusterEvents>(new ClusterEventsDispatcher());

        public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "changed", "where" };

        public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IClusterEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
        {
            "changed" => Event0(handler, incoming),
            "where" => Event1(handler, incoming),
            _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
        };

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IClusterEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 1);
            global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
            ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
            string argument0 = default!;
            try
            {
                if (arguments.Next("key", isOptional: false))
                    argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
            }
            catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
            {
                throw arguments.Refused(exception);
            }

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Changed(argument0));
        }

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event1(global::Demo.IClusterEvents handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 0);
            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Where(incoming.CancellationToken), incoming.ExpectsAck, static (ref global::MessagePack.MessagePackWriter writer, global::Demo.Zone? value) =>
            {
                global::TypedSocketRedis.Generated.Demo_ZoneFormatter.Write(ref writer, value, 1);
            });
        }
    }
