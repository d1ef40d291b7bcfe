    /// <summary>The events of <see cref="global::Demo.ITreeEvents"/> as values.</summary>
    public static class TreeEvents
    {
        /// <summary>The event <see cref="M:Demo.ITreeEvents.Grown(Demo.Node)"/> with its arguments.</summary>
        /// <param name="Root">The argument <c>root</c>.</param>
        public readonly record struct Grown(global::Demo.Node Root) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ITreeEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Grown>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ITreeEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("grown"u8, 1);
                global::TypedSocketRedis.Generated.Demo_NodeFormatter.Write(ref writer.Writer, this.Root, 1);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Grown>.Name => "grown";

            static Grown global::TypedSocketRedis.CompilerServices.IReceivedEvent<Grown>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                global::Demo.Node argument0 = default!;
                try
                {
                    if (arguments.Next("root", isOptional: false))
                        argument0 = global::TypedSocketRedis.Generated.Demo_NodeFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Grown(argument0);
            }
        }
    }
