    /// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
    public static class ChatEvents
    {
        /// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String)"/> with its arguments.</summary>
        /// <param name="Text">The argument <c>text</c>.</param>
        [global::System.ObsoleteAttribute("gone")]
        public readonly record struct Said(string Text) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("said"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Text);
            }
        }

        /// <summary>The event <see cref="M:Demo.IChatEvents.Count"/> with its arguments.</summary>
        [global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
        public readonly record struct Count() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents, int>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("count"u8, 0);
            }

            int global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents, int>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader.Require(ref reader);
                return global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
            }
        }
    }
