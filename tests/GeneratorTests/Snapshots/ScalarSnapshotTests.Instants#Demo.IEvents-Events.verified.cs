    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.DateTime,System.DateTimeOffset)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        /// <param name="B">The argument <c>b</c>.</param>
        public readonly record struct Sent(global::System.DateTime A, global::System.DateTimeOffset B) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 2);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A, "IEvents.Sent(a)");
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.B);
            }
        }
    }
