    /// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
    public static class ChatEvents
    {
        /// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String)"/> with its arguments.</summary>
        /// <param name="Text">The argument <c>text</c>.</param>
        public readonly record struct Said(string Text) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("said"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Text);
            }
        }

        /// <summary>The event <see cref="M:Demo.IChatEvents.Count(System.Int32)"/> with its arguments.</summary>
        /// <param name="CancellationToken">The argument <c>cancellationToken</c>.</param>
        public readonly record struct Count(int CancellationToken) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents, int>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("count"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.CancellationToken);
            }

            int global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents, int>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader.Require(ref reader);
                return global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
            }
        }

        /// <summary>The event <see cref="M:Demo.IChatEvents.Many(System.Int32[])"/> with its arguments.</summary>
        /// <param name="Numbers">The argument <c>numbers</c>.</param>
        public readonly record struct Many(int[] Numbers) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("many"u8, 1);
                global::TypedSocketRedis.Generated.Array_1Of_Int32Formatter.Write(ref writer.Writer, this.Numbers, 1);
            }
        }
    }
