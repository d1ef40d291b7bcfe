    /// <summary>Decodes the events of <see cref="global::Demo.IClockCommands"/> and calls a handler.</summary>
    internal sealed class ClockCommandsDispatcher : global::TypedSocketRedis.CompilerServices.EventDispatcher<global::Demo.IClockCommands>
    {
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Register() => global::TypedSocketRedis.CompilerServices.EventDispatchers.Add<global::Demo.IClockCommands>(new ClockCommandsDispatcher());

        public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "join" };

        public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IClockCommands handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
        {
            "join" => Event0(handler, incoming),
            _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
        };

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IClockCommands handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 1);
            global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
            ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
            string argument0 = default!;
            try
            {
                if (arguments.Next("room", isOptional: false))
                    argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
            }
            catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
            {
                throw arguments.Refused(exception);
            }

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Join(argument0, incoming.CancellationToken), incoming.ExpectsAck, static (ref global::MessagePack.MessagePackWriter writer, int value) =>
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer, value);
            });
        }

        public override global::Demo.IClockCommands CreateClient(global::TypedSocketRedis.CompilerServices.ICommandTarget target) => new CommandClient(target);

        private sealed class CommandClient(global::TypedSocketRedis.CompilerServices.ICommandTarget target) : global::Demo.IClockCommands
        {
            private readonly global::TypedSocketRedis.CompilerServices.ICommandTarget _target = target;

            global::System.Threading.Tasks.Task<int> global::Demo.IClockCommands.Join(string room, global::System.Threading.CancellationToken cancellationToken)
            {
                return this._target.SendAsync<global::Demo.IClockCommands, ClockCommandsEvents.Join, int>(new ClockCommandsEvents.Join(room), cancellationToken);
            }
        }

        /// <summary>The events of <see cref="global::Demo.IClockCommands"/> as values.</summary>
        private static class ClockCommandsEvents
        {
            /// <summary>The event <see cref="M:Demo.IClockCommands.Join(System.String,System.Threading.CancellationToken)"/> with its arguments.</summary>
            /// <param name="Room">The argument <c>room</c>.</param>
            public readonly record struct Join(string Room) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockCommands, int>
            {
                void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockCommands>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
                {
                    writer.Begin("join"u8, 1);
                    global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Room);
                }

                int global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockCommands, int>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
                {
                    global::TypedSocketRedis.CompilerServices.EventDataReader.Require(ref reader);
                    return global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                }
            }
        }
    }
