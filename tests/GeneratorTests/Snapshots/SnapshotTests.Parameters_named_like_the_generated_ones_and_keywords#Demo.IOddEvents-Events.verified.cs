    /// <summary>The events of <see cref="global::Demo.IOddEvents"/> as values.</summary>
    public static class OddEvents
    {
        /// <summary>The event <see cref="M:Demo.IOddEvents.Odd(System.Int32,System.Int32,System.Boolean,System.String[])"/> with its arguments.</summary>
        /// <param name="Target">The argument <c>target</c>.</param>
        /// <param name="Data">The argument <c>data</c>.</param>
        /// <param name="Class">The argument <c>class</c>.</param>
        /// <param name="Rest">The argument <c>rest</c>.</param>
        public readonly record struct Odd(int Target, int Data, bool Class, string[] Rest) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IOddEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Odd>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IOddEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("odd"u8, 4);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Target);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Data);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Class);
                global::TypedSocketRedis.Generated.Array_1Of_StringFormatter.Write(ref writer.Writer, this.Rest, 1);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Odd>.Name => "odd";

            static Odd global::TypedSocketRedis.CompilerServices.IReceivedEvent<Odd>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                int argument0 = default!;
                int argument1 = default!;
                bool argument2 = default!;
                string[] argument3 = [];
                try
                {
                    if (arguments.Next("target", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                    if (arguments.Next("data", isOptional: false))
                        argument1 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                    if (arguments.Next("class", isOptional: false))
                        argument2 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadBoolean(ref reader);
                    if (arguments.Next("rest", isOptional: true))
                        argument3 = global::TypedSocketRedis.Generated.Array_1Of_StringFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Odd(argument0, argument1, argument2, argument3);
            }
        }
    }
