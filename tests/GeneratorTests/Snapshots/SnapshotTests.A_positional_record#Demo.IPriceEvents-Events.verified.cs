    /// <summary>The events of <see cref="global::Demo.IPriceEvents"/> as values.</summary>
    public static class PriceEvents
    {
        /// <summary>The event <see cref="M:Demo.IPriceEvents.Changed(Demo.Price)"/> with its arguments.</summary>
        /// <param name="Price">The argument <c>price</c>.</param>
        public readonly record struct Changed(global::Demo.Price Price) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IPriceEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Changed>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IPriceEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("changed"u8, 1);
                global::TypedSocketRedis.Generated.Demo_PriceFormatter.Write(ref writer.Writer, this.Price, 1);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Changed>.Name => "changed";

            static Changed global::TypedSocketRedis.CompilerServices.IReceivedEvent<Changed>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                global::Demo.Price argument0 = default!;
                try
                {
                    if (arguments.Next("price", isOptional: false))
                        argument0 = global::TypedSocketRedis.Generated.Demo_PriceFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Changed(argument0);
            }
        }
    }
