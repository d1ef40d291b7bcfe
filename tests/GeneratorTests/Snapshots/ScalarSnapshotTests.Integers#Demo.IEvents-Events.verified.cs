    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Boolean,System.SByte,System.Byte,System.Int16,System.UInt16,System.Int32,System.UInt32,System.Int64,System.UInt64,System.IntPtr,System.UIntPtr)"/>
        public static void Sent<TTarget>(this TTarget target, bool a, sbyte b, byte c, short d, ushort e, int f, uint g, long h, ulong i, global::System.IntPtr j, global::System.UIntPtr k)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 11);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, b);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, c);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, d);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, e);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, f);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, g);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, h);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, i);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, j);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, k);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
