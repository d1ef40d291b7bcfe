    /// <summary>The events of <see cref="global::Demo.IChat"/> as values.</summary>
    public static class ChatEvents
    {
        /// <summary>The event <see cref="M:Demo.IChat.A"/> with its arguments.</summary>
        public readonly record struct A() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChat>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<A>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IChat>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("a"u8, 0);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<A>.Name => "a";

            static A global::TypedSocketRedis.CompilerServices.IReceivedEvent<A>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                return new A();
            }
        }
    }
