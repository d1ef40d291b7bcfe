    /// <summary>The events of <see cref="global::Demo.Outer.IInnerEvents"/>, sent to a target.</summary>
    internal static class Outer_InnerEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.Outer.IInnerEvents.A(System.Int32)"/>
        public static void A<TTarget>(this TTarget target, int a)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.Outer.IInnerEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("a"u8, 1);
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
