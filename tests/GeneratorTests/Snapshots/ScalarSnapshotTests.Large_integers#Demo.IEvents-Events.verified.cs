    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Int128,System.UInt128,System.Numerics.BigInteger)"/>
        public static void Sent<TTarget>(this TTarget target, global::System.Int128 a, global::System.UInt128 b, global::System.Numerics.BigInteger c)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 3);
            try
            {
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteInt128(ref data.Writer, a);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteUInt128(ref data.Writer, b);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteBigInteger(ref data.Writer, c);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
