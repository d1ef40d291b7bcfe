    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Half,System.Single,System.Double,System.Decimal)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        /// <param name="B">The argument <c>b</c>.</param>
        /// <param name="C">The argument <c>c</c>.</param>
        /// <param name="D">The argument <c>d</c>.</param>
        public readonly record struct Sent(global::System.Half A, float B, double C, decimal D) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 4);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteHalf(ref writer.Writer, this.A);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.B);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.C);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.D);
            }
        }
    }
