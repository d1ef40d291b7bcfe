    /// <summary>The events of <see cref="global::Demo.IMore"/> as values.</summary>
    public static class MoreEvents
    {
        /// <summary>The event <see cref="M:Demo.IBase.First(System.Int32)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        public readonly record struct First(int A) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("first"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A);
            }
        }

        /// <summary>The event <see cref="M:Demo.IMore.Second(System.Int32)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        public readonly record struct Second(int A) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("second"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A);
            }
        }
    }
