    /// <summary>The events of <see cref="global::Demo.IChatEvents"/>, sent to a target.</summary>
    public static class ChatEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IChatEvents.Said(System.String,System.Threading.CancellationToken)"/>
        public static global::System.Threading.Tasks.Task Said<TTarget>(this TTarget target, string text, global::System.Threading.CancellationToken cancellationToken = default)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IChatEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("said"u8, 1);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, text);
                return target.SendAsync(data.Finish(), cancellationToken).AsTask();
            }
            finally
            {
                data.Dispose();
            }
        }
    }
