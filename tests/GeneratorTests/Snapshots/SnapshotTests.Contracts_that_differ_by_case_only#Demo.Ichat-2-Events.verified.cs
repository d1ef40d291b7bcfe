    /// <summary>The events of <see cref="global::Demo.Ichat"/>, sent to a target.</summary>
    public static class IchatExtensions
    {
        /// <inheritdoc cref="M:Demo.Ichat.B"/>
        public static void B<TTarget>(this TTarget target)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.Ichat>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("b"u8, 0);
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
