    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.DateOnly,System.TimeOnly,System.TimeSpan)"/>
        public static void Sent<TTarget>(this TTarget target, global::System.DateOnly a, global::System.TimeOnly b, global::System.TimeSpan c)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 3);
            try
            {
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteDateOnly(ref data.Writer, a);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteTimeOnly(ref data.Writer, b);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, c);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
