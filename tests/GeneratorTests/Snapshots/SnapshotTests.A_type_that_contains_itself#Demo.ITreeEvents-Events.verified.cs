    /// <summary>The events of <see cref="global::Demo.ITreeEvents"/>, sent to a target.</summary>
    public static class TreeEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.ITreeEvents.Grown(Demo.Node)"/>
        public static void Grown<TTarget>(this TTarget target, global::Demo.Node root)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.ITreeEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("grown"u8, 1);
            try
            {
                global::TypedSocketRedis.Generated.Demo_NodeFormatter.Write(ref data.Writer, root, 1);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
