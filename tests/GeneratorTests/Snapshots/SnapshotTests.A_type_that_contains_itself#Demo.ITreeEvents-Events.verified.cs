    /// <summary>The events of <see cref="global::Demo.ITreeEvents"/> as values.</summary>
    public static class TreeEvents
    {
        /// <summary>The event <see cref="M:Demo.ITreeEvents.Grown(Demo.Node)"/> with its arguments.</summary>
        /// <param name="Root">The argument <c>root</c>.</param>
        public readonly record struct Grown(global::Demo.Node Root) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ITreeEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ITreeEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("grown"u8, 1);
                global::TypedSocketRedis.Generated.Demo_NodeFormatter.Write(ref writer.Writer, this.Root, 1);
            }
        }
    }
