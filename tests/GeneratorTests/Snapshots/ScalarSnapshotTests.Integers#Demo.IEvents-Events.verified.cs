    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Boolean,System.SByte,System.Byte,System.Int16,System.UInt16,System.Int32,System.UInt32,System.Int64,System.UInt64,System.IntPtr,System.UIntPtr)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        /// <param name="B">The argument <c>b</c>.</param>
        /// <param name="C">The argument <c>c</c>.</param>
        /// <param name="D">The argument <c>d</c>.</param>
        /// <param name="E">The argument <c>e</c>.</param>
        /// <param name="F">The argument <c>f</c>.</param>
        /// <param name="G">The argument <c>g</c>.</param>
        /// <param name="H">The argument <c>h</c>.</param>
        /// <param name="I">The argument <c>i</c>.</param>
        /// <param name="J">The argument <c>j</c>.</param>
        /// <param name="K">The argument <c>k</c>.</param>
        public readonly record struct Sent(bool A, sbyte B, byte C, short D, ushort E, int F, uint G, long H, ulong I, global::System.IntPtr J, global::System.UIntPtr K) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 11);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.B);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.C);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.D);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.E);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.F);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.G);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.H);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.I);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.J);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.K);
            }
        }
    }
