    /// <summary>The events of <see cref="global::Demo.IShowEvents"/>, sent to a target.</summary>
    public static class ShowEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IShowEvents.Show(System.Int32,System.String,System.Nullable{Demo.Level},System.Double)"/>
        public static void Show<TTarget>(this TTarget target, int times = (int)(3), string? text = "x", global::Demo.Level? level = (global::Demo.Level)(1), double ratio = (double)(double.NaN))
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IShowEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("show"u8, 4);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, times);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, text);
                if (level is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, (int)level.Value);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, ratio);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
