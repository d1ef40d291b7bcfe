    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Int128,System.UInt128,System.Numerics.BigInteger)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        /// <param name="B">The argument <c>b</c>.</param>
        /// <param name="C">The argument <c>c</c>.</param>
        public readonly record struct Sent(global::System.Int128 A, global::System.UInt128 B, global::System.Numerics.BigInteger C) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 3);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteInt128(ref writer.Writer, this.A);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteUInt128(ref writer.Writer, this.B);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteBigInteger(ref writer.Writer, this.C);
            }
        }
    }
