    /// <summary>The events of <see cref="global::Demo.Outer.IInnerEvents"/> as values.</summary>
    internal static class Outer_InnerEvents
    {
        /// <summary>The event <see cref="M:Demo.Outer.IInnerEvents.A(System.Int32)"/> with its arguments.</summary>
        /// <param name="A_">The argument <c>a</c>.</param>
        public readonly record struct A(int A_) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.Outer.IInnerEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.Outer.IInnerEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("a"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A_);
            }
        }
    }
