    /// <summary>The events of <see cref="global::Demo.IPriceEvents"/> as values.</summary>
    public static class PriceEvents
    {
        /// <summary>The event <see cref="M:Demo.IPriceEvents.Changed(Demo.Price)"/> with its arguments.</summary>
        /// <param name="Price">The argument <c>price</c>.</param>
        public readonly record struct Changed(global::Demo.Price Price) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IPriceEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IPriceEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("changed"u8, 1);
                global::TypedSocketRedis.Generated.Demo_PriceFormatter.Write(ref writer.Writer, this.Price, 1);
            }
        }
    }
