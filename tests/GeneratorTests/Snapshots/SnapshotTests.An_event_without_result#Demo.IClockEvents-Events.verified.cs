    /// <summary>The events of <see cref="global::Demo.IClockEvents"/> as values.</summary>
    public static class ClockEvents
    {
        /// <summary>The event <see cref="M:Demo.IClockEvents.Time(System.DateTime)"/> with its arguments.</summary>
        /// <param name="Now">The argument <c>now</c>.</param>
        public readonly record struct Time(global::System.DateTime Now) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Time>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("time"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Now, "IClockEvents.Time(now)");
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Time>.Name => "time";

            static Time global::TypedSocketRedis.CompilerServices.IReceivedEvent<Time>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::System.DateTime argument0 = default!;
                try
                {
                    if (arguments.Next("now", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadDateTime(ref reader);
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Time(argument0);
            }
        }
    }
