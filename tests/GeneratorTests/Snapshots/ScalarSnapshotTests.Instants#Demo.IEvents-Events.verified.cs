    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.DateTime,System.DateTimeOffset)"/>
        public static void Sent<TTarget>(this TTarget target, global::System.DateTime a, global::System.DateTimeOffset b)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 2);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a, "IEvents.Sent(a)");
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, b);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
