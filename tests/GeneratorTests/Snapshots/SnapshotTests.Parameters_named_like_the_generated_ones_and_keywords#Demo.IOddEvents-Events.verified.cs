    /// <summary>The events of <see cref="global::Demo.IOddEvents"/>, sent to a target.</summary>
    public static class OddEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IOddEvents.Odd(System.Int32,System.Int32,System.Boolean,System.String[])"/>
        public static void Odd<TTarget>(this TTarget target_, int target, int data, bool @class, params string[] rest)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IOddEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data_ = new("odd"u8, 4);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data_.Writer, target);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data_.Writer, data);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data_.Writer, @class);
                global::TypedSocketRedis.Generated.Array_1Of_StringFormatter.Write(ref data_.Writer, rest, 1);
                target_.Send(data_.Finish());
            }
            finally
            {
                data_.Dispose();
            }
        }
    }
