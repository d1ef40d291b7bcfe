    /// <summary>The events of <see cref="global::Größe.IÄnderungen"/> as values.</summary>
    public static class ÄnderungenEvents
    {
        /// <summary>The event <see cref="M:Größe.IÄnderungen.Größer(Größe.Maß)"/> with its arguments.</summary>
        /// <param name="Maß">The argument <c>maß</c>.</param>
        public readonly record struct Größer(global::Größe.Maß Maß) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Größe.IÄnderungen>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Größer>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Größe.IÄnderungen>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("größer"u8, 1);
                global::TypedSocketRedis.Generated.Größe_MaßFormatter.Write(ref writer.Writer, this.Maß, 1);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Größer>.Name => "größer";

            static Größer global::TypedSocketRedis.CompilerServices.IReceivedEvent<Größer>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                global::Größe.Maß argument0 = default!;
                try
                {
                    if (arguments.Next("maß", isOptional: false))
                        argument0 = global::TypedSocketRedis.Generated.Größe_MaßFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Größer(argument0);
            }
        }
    }
