    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Byte[],System.Memory{System.Byte},System.ReadOnlyMemory{System.Byte},System.ArraySegment{System.Byte})"/>
        public static void Sent<TTarget>(this TTarget target, byte[] a, global::System.Memory<byte> b, global::System.ReadOnlyMemory<byte> c, global::System.ArraySegment<byte> d)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 4);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a);
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
