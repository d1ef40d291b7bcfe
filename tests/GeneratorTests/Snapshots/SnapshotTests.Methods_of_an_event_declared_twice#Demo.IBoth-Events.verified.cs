    /// <summary>The events of <see cref="global::Demo.IBoth"/> as values.</summary>
    public static class BothEvents
    {
        /// <summary>The event <see cref="M:Demo.ITwo.Stop"/> with its arguments.</summary>
        public readonly record struct Stop() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IBoth>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Stop>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IBoth>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("stop"u8, 0);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Stop>.Name => "stop";

            static Stop global::TypedSocketRedis.CompilerServices.IReceivedEvent<Stop>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                return new Stop();
            }
        }
    }
