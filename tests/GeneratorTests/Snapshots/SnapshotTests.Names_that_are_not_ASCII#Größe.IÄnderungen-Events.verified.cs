    /// <summary>The events of <see cref="global::Größe.IÄnderungen"/> as values.</summary>
    public static class ÄnderungenEvents
    {
        /// <summary>The event <see cref="M:Größe.IÄnderungen.Größer(Größe.Maß)"/> with its arguments.</summary>
        /// <param name="Maß">The argument <c>maß</c>.</param>
        public readonly record struct Größer(global::Größe.Maß Maß) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Größe.IÄnderungen>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Größe.IÄnderungen>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("größer"u8, 1);
                global::TypedSocketRedis.Generated.Größe_MaßFormatter.Write(ref writer.Writer, this.Maß, 1);
            }
        }
    }
