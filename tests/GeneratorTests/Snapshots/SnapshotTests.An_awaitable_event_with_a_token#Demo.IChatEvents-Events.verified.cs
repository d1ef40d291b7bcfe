    /// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
    public static class ChatEvents
    {
        /// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String,System.Threading.CancellationToken)"/> with its arguments.</summary>
        /// <param name="Text">The argument <c>text</c>.</param>
        public readonly record struct Said(string Text) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("said"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Text);
            }
        }
    }
