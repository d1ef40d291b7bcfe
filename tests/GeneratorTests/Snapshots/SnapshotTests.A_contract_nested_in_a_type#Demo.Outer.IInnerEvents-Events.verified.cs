    /// <summary>The events of <see cref="global::Demo.Outer.IInnerEvents"/> as values.</summary>
    internal static class Outer_InnerEvents
    {
        /// <summary>The event <see cref="M:Demo.Outer.IInnerEvents.A(System.Int32)"/> with its arguments.</summary>
        /// <param name="A_">The argument <c>a</c>.</param>
        public readonly record struct A(int A_) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.Outer.IInnerEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<A>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.Outer.IInnerEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("a"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.A_);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<A>.Name => "a";

            static A global::TypedSocketRedis.CompilerServices.IReceivedEvent<A>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
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

                return new A(argument0);
            }
        }
    }
