    /// <summary>The events of <see cref="global::Demo.IUserEvents"/> as values.</summary>
    public static class UserEvents
    {
        /// <summary>The event <see cref="M:Demo.IUserEvents.Seen(Demo.User)"/> with its arguments.</summary>
        /// <param name="User">The argument <c>user</c>.</param>
        public readonly record struct Seen(global::Demo.User User) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IUserEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Seen>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IUserEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("seen"u8, 1);
                global::TypedSocketRedis.Generated.Demo_UserFormatter.Write(ref writer.Writer, this.User, 1);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Seen>.Name => "seen";

            static Seen global::TypedSocketRedis.CompilerServices.IReceivedEvent<Seen>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                global::Demo.User argument0 = default!;
                try
                {
                    if (arguments.Next("user", isOptional: false))
                        argument0 = global::TypedSocketRedis.Generated.Demo_UserFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Seen(argument0);
            }
        }
    }
