    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.DayOfWeek)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        public readonly record struct Sent(global::System.DayOfWeek A) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, (int)this.A);
            }
        }
    }
