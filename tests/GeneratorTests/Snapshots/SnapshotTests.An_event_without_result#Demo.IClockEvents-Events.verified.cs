    /// <summary>The events of <see cref="global::Demo.IClockEvents"/>, sent to a target.</summary>
    public static class ClockEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IClockEvents.Time(System.DateTime)"/>
        public static void Time<TTarget>(this TTarget target, global::System.DateTime now)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IClockEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("time"u8, 1);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, now, "IClockEvents.Time(now)");
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
