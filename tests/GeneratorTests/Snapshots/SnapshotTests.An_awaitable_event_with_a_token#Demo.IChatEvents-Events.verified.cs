    /// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
    public static class ChatEvents
    {
        /// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String,System.Threading.CancellationToken)"/> with its arguments.</summary>
        /// <param name="Text">The argument <c>text</c>.</param>
        public readonly record struct Said(string Text) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Said>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("said"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Text);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Said>.Name => "said";

            static Said global::TypedSocketRedis.CompilerServices.IReceivedEvent<Said>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                string argument0 = default!;
                try
                {
                    if (arguments.Next("text", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Said(argument0);
            }
        }
    }
