    /// <summary>The events of <see cref="global::Demo.IClockEvents"/> as values.</summary>
    public static class ClockEvents
    {
        /// <summary>The event <see cref="M:Demo.IClockEvents.Time(System.DateTime)"/> with its arguments.</summary>
        /// <param name="Now">The argument <c>now</c>.</param>
        public readonly record struct Time(global::System.DateTime Now) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("time"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Now, "IClockEvents.Time(now)");
            }
        }
    }
