    /// <summary>Decodes the events of <see cref="global::Demo.IClockCommands"/> and calls a handler.</summary>
    internal sealed class ClockCommandsDispatcher : global::TypedSocketRedis.CompilerServices.EventDispatcher<global::Demo.IClockCommands>
    {
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Register() => global::TypedSocketRedis.CompilerServices.EventDispatchers.Add<global::Demo.IClockCommands>(new ClockCommandsDispatcher());

        public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "show" };

        public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IClockCommands handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
        {
            "show" => Event0(handler, incoming),
            _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
        };

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IClockCommands handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 3);
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

            return global::TypedSocketRedis.CompilerServices.EventAck.Of(handler.Show(argument0, argument1, argument2));
        }

        public override global::Demo.IClockCommands CreateClient(global::TypedSocketRedis.CompilerServices.ICommandTarget target) => new CommandClient(target);

        private sealed class CommandClient(global::TypedSocketRedis.CompilerServices.ICommandTarget target) : global::Demo.IClockCommands
        {
            private readonly global::TypedSocketRedis.CompilerServices.ICommandTarget _target = target;

            global::System.Threading.Tasks.Task global::Demo.IClockCommands.Show(string? text, int times, string[] rest)
            {
                return this._target.SendAsync<global::Demo.IClockCommands, ClockCommandsEvents.Show>(new ClockCommandsEvents.Show(text, times, rest), global::System.Threading.CancellationToken.None);
            }
        }

        /// <summary>The events of <see cref="global::Demo.IClockCommands"/> as values.</summary>
        private static class ClockCommandsEvents
        {
            /// <summary>The event <see cref="M:Demo.IClockCommands.Show(System.String,System.Int32,System.String[])"/> with its arguments.</summary>
            /// <param name="Text">The argument <c>text</c>.</param>
            /// <param name="Times">The argument <c>times</c>.</param>
            /// <param name="Rest">The argument <c>rest</c>.</param>
            public readonly record struct Show(string? Text, int Times, string[] Rest) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockCommands>
            {
                void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockCommands>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
                {
                    writer.Begin("show"u8, 3);
                    global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Text);
                    global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Times);
                    global::TypedSocketRedis.Generated.Array_1Of_StringFormatter.Write(ref writer.Writer, this.Rest, 1);
                }
            }
        }
    }
