    /// <summary>The events of <see cref="global::Demo.IUserEvents"/>, sent to a target.</summary>
    public static class UserEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IUserEvents.Seen(Demo.User)"/>
        public static void Seen<TTarget>(this TTarget target, global::Demo.User user)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IUserEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("seen"u8, 1);
            try
            {
                global::TypedSocketRedis.Generated.Demo_UserFormatter.Write(ref data.Writer, user, 1);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
