    /// <summary>The events of <see cref="global::Demo.IClockEvents"/> as values.</summary>
    public static class ClockEvents
    {
        /// <summary>The event <see cref="M:Demo.IClockEvents.Who(System.Nullable{System.Int32},System.Threading.CancellationToken)"/> with its arguments.</summary>
        /// <param name="Id">The argument <c>id</c>.</param>
        public readonly record struct Who(int? Id) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents, string>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Who, string>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("who?"u8, 1);
                if (this.Id is null) writer.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Id.Value);
            }

            string global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents, string>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader.Require(ref reader);
                return global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Who>.Name => "who?";

            static Who global::TypedSocketRedis.CompilerServices.IReceivedEvent<Who>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                int? argument0 = default!;
                try
                {
                    if (arguments.Next("id", isOptional: true))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Who(argument0);
            }

            static void global::TypedSocketRedis.CompilerServices.IReceivedEvent<Who, string>.WriteAck(ref global::MessagePack.MessagePackWriter writer, string value)
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer, value);
            }
        }
    }
