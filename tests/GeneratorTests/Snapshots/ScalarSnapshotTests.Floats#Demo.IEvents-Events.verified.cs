    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Half,System.Single,System.Double,System.Decimal)"/>
        public static void Sent<TTarget>(this TTarget target, global::System.Half a, float b, double c, decimal d)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 4);
            try
            {
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteHalf(ref data.Writer, a);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, b);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, c);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, d);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
