    /// <summary>The events of <see cref="global::Größe.IÄnderungen"/>, sent to a target.</summary>
    public static class ÄnderungenExtensions
    {
        /// <inheritdoc cref="M:Größe.IÄnderungen.Größer(Größe.Maß)"/>
        public static void Größer<TTarget>(this TTarget target, global::Größe.Maß maß)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Größe.IÄnderungen>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("größer"u8, 1);
            try
            {
                global::TypedSocketRedis.Generated.Größe_MaßFormatter.Write(ref data.Writer, maß, 1);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
