    /// <summary>The events of <see cref="global::Demo.IChat"/>, sent to a target.</summary>
    public static class ChatExtensions
    {
        /// <inheritdoc cref="M:Demo.IChat.A"/>
        public static void A<TTarget>(this TTarget target)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IChat>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("a"u8, 0);
            try
            {
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
