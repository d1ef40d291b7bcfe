    /// <summary>The events of <see cref="global::Demo.IQuizEvents"/> as values.</summary>
    public static class QuizEvents
    {
        /// <summary>The event <see cref="M:Demo.IQuizEvents.Ask(System.String)"/> with its arguments.</summary>
        /// <param name="Question">The argument <c>question</c>.</param>
        public readonly record struct Ask(string Question) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IQuizEvents, string?>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Ask, string?>
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

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Ask>.Name => "ask";

            static Ask global::TypedSocketRedis.CompilerServices.IReceivedEvent<Ask>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                string argument0 = default!;
                try
                {
                    if (arguments.Next("question", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Ask(argument0);
            }

            static void global::TypedSocketRedis.CompilerServices.IReceivedEvent<Ask, string?>.WriteAck(ref global::MessagePack.MessagePackWriter writer, string? value)
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer, value);
            }
        }
    }
