    /// <summary>The events of <see cref="global::Demo.IOddEvents"/> as values.</summary>
    public static class OddEvents
    {
        /// <summary>The event <see cref="M:Demo.IOddEvents.Odd(System.Int32,System.Int32,System.Boolean,System.String[])"/> with its arguments.</summary>
        /// <param name="Target">The argument <c>target</c>.</param>
        /// <param name="Data">The argument <c>data</c>.</param>
        /// <param name="Class">The argument <c>class</c>.</param>
        /// <param name="Rest">The argument <c>rest</c>.</param>
        public readonly record struct Odd(int Target, int Data, bool Class, string[] Rest) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IOddEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IOddEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("odd"u8, 4);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Target);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Data);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Class);
                global::TypedSocketRedis.Generated.Array_1Of_StringFormatter.Write(ref writer.Writer, this.Rest, 1);
            }
        }
    }
