    /// <summary>The events of <see cref="global::Demo.IMore"/> as values.</summary>
    public static class MoreEvents
    {
        /// <summary>The event <see cref="M:Demo.IBase.First(System.Int32)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        public readonly record struct First(int A) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<First>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("first"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<First>.Name => "first";

            static First global::TypedSocketRedis.CompilerServices.IReceivedEvent<First>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                int argument0 = default!;
                try
                {
                    if (arguments.Next("a", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new First(argument0);
            }
        }

        /// <summary>The event <see cref="M:Demo.IMore.Second(System.Int32)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        public readonly record struct Second(int A) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Second>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IMore>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("second"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Second>.Name => "second";

            static Second global::TypedSocketRedis.CompilerServices.IReceivedEvent<Second>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                int argument0 = default!;
                try
                {
                    if (arguments.Next("a", isOptional: false))
                        argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Second(argument0);
            }
        }
    }
