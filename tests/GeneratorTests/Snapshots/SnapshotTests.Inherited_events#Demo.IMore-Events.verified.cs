    /// <summary>The events of <see cref="global::Demo.IMore"/>, sent to a target.</summary>
    public static class MoreExtensions
    {
        /// <inheritdoc cref="M:Demo.IBase.First(System.Int32)"/>
        public static void First<TTarget>(this TTarget target, int a)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IMore>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("first"u8, 1);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }

        /// <inheritdoc cref="M:Demo.IMore.Second(System.Int32)"/>
        public static void Second<TTarget>(this TTarget target, int a)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IMore>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("second"u8, 1);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
