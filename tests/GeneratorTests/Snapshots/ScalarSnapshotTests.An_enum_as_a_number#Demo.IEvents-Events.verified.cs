    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.DayOfWeek)"/>
        public static void Sent<TTarget>(this TTarget target, global::System.DayOfWeek a)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 1);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, (int)a);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
