    /// <summary>The events of <see cref="global::Demo.IQuizEvents"/> as values.</summary>
    public static class QuizEvents
    {
        /// <summary>The event <see cref="M:Demo.IQuizEvents.Ask(System.String)"/> with its arguments.</summary>
        /// <param name="Question">The argument <c>question</c>.</param>
        public readonly record struct Ask(string Question) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IQuizEvents, string?>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IQuizEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("ask"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Question);
            }

            string? global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IQuizEvents, string?>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
            {
                return global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader);
            }
        }
    }
