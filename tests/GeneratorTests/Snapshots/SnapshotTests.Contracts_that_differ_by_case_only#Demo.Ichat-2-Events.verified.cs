    /// <summary>The events of <see cref="global::Demo.Ichat"/> as values.</summary>
    public static class IchatEvents
    {
        /// <summary>The event <see cref="M:Demo.Ichat.B"/> with its arguments.</summary>
        public readonly record struct B() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.Ichat>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<B>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.Ichat>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("b"u8, 0);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<B>.Name => "b";

            static B global::TypedSocketRedis.CompilerServices.IReceivedEvent<B>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                return new B();
            }
        }
    }
