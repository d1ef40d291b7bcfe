    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Nullable{System.Boolean},System.Nullable{System.Int32},System.Nullable{System.Decimal},System.String,System.Nullable{System.Guid},System.Nullable{System.DateTime},System.Byte[],System.Nullable{System.ReadOnlyMemory{System.Byte}},System.Nullable{System.DayOfWeek})"/>
        public static void Sent<TTarget>(this TTarget target, bool? a, int? b, decimal? c, string? d, global::System.Guid? e, global::System.DateTime? f, byte[]? g, global::System.ReadOnlyMemory<byte>? h, global::System.DayOfWeek? i)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 9);
            try
            {
                if (a is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, a.Value);
                if (b is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, b.Value);
                if (c is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, c.Value);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, d);
                if (e is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, e.Value);
                if (f is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, f.Value, "IEvents.Sent(f)");
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, g);
                if (h is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, h.Value);
                if (i is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, (int)i.Value);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
