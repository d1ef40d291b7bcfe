    /// <summary>The events of <see cref="global::Demo.IUserEvents"/> as values.</summary>
    public static class UserEvents
    {
        /// <summary>The event <see cref="M:Demo.IUserEvents.Seen(Demo.User)"/> with its arguments.</summary>
        /// <param name="User">The argument <c>user</c>.</param>
        public readonly record struct Seen(global::Demo.User User) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IUserEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IUserEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("seen"u8, 1);
                global::TypedSocketRedis.Generated.Demo_UserFormatter.Write(ref writer.Writer, this.User, 1);
            }
        }
    }
