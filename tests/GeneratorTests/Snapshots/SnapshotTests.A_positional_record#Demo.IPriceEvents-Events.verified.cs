    /// <summary>The events of <see cref="global::Demo.IPriceEvents"/>, sent to a target.</summary>
    public static class PriceEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IPriceEvents.Changed(Demo.Price)"/>
        public static void Changed<TTarget>(this TTarget target, global::Demo.Price price)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IPriceEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("changed"u8, 1);
            try
            {
                global::TypedSocketRedis.Generated.Demo_PriceFormatter.Write(ref data.Writer, price, 1);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
