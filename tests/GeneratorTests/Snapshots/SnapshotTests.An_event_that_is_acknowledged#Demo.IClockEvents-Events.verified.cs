    /// <summary>The events of <see cref="global::Demo.IClockEvents"/>, sent to a target.</summary>
    public static class ClockEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IClockEvents.Who(System.Nullable{System.Int32},System.Threading.CancellationToken)"/>
        public static global::TypedSocketRedis.Acks<string> Who<TTarget>(this TTarget target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
            where TTarget : struct, global::TypedSocketRedis.IBroadcastTarget<global::Demo.IClockEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("who?"u8, 1);
            try
            {
                if (id is null) data.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, id.Value);
                return target.SendWithAck<string>(data.Finish(), static (ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options) => { global::TypedSocketRedis.CompilerServices.EventDataReader.Require(ref reader); return global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!; }, cancellationToken);
            }
            finally
            {
                data.Dispose();
            }
        }

        /// <inheritdoc cref="M:Demo.IClockEvents.Who(System.Nullable{System.Int32},System.Threading.CancellationToken)"/>
        public static global::System.Threading.Tasks.Task<string> Who(this global::TypedSocketRedis.SocketClient<global::Demo.IClockEvents> target, int? id, global::System.Threading.CancellationToken cancellationToken = default) =>
            global::Demo.ClockEventsSender.AsClockEvents(target).Who(id, cancellationToken);
    }
