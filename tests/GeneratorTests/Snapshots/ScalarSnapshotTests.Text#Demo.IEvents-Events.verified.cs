    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Char,System.String,System.Text.Rune)"/>
        public static void Sent<TTarget>(this TTarget target, char a, string b, global::System.Text.Rune c)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 3);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, b);
                global::TypedSocketRedis.CompilerServices.FrameworkWriter.WriteRune(ref data.Writer, c);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
