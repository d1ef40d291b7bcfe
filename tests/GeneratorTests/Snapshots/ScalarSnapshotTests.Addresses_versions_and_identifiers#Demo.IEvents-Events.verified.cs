    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Uri,System.Version,System.Guid)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        /// <param name="B">The argument <c>b</c>.</param>
        /// <param name="C">The argument <c>c</c>.</param>
        public readonly record struct Sent(global::System.Uri A, global::System.Version B, global::System.Guid C) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 3);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteUri(ref writer.Writer, this.A);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteVersion(ref writer.Writer, this.B);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.C);
            }
        }
    }
