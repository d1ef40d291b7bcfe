    /// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
    public static class ChatEvents
    {
        /// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String)"/> with its arguments.</summary>
        /// <param name="Text">The argument <c>text</c>.</param>
        [global::System.ObsoleteAttribute("gone")]
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

        /// <summary>The event <see cref="M:Demo.IChatEvents.Count"/> with its arguments.</summary>
        [global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
        public readonly record struct Count() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChatEvents, int>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Count, int>
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

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Count>.Name => "count";

            static Count global::TypedSocketRedis.CompilerServices.IReceivedEvent<Count>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                return new Count();
            }

            static void global::TypedSocketRedis.CompilerServices.IReceivedEvent<Count, int>.WriteAck(ref global::MessagePack.MessagePackWriter writer, int value)
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer, value);
            }
        }
    }
