    /// <summary>The events of <see cref="global::Demo.IShowEvents"/> as values.</summary>
    public static class ShowEvents
    {
        /// <summary>The event <see cref="M:Demo.IShowEvents.Show(System.Int32,System.String,System.Nullable{Demo.Level},System.Double)"/> with its arguments.</summary>
        /// <param name="Times">The argument <c>times</c>.</param>
        /// <param name="Text">The argument <c>text</c>.</param>
        /// <param name="Level">The argument <c>level</c>.</param>
        /// <param name="Ratio">The argument <c>ratio</c>.</param>
        public readonly record struct Show(int Times, string? Text, global::Demo.Level? Level, double Ratio) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IShowEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IShowEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("show"u8, 4);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Times);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Text);
                if (this.Level is null) writer.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, (int)this.Level.Value);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Ratio);
            }
        }
    }
