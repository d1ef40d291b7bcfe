    /// <summary>The events of <see cref="global::Demo.IClockEvents"/> as values.</summary>
    public static class ClockEvents
    {
        /// <summary>The event <see cref="M:Demo.IClockEvents.Who(System.Nullable{System.Int32},System.Threading.CancellationToken)"/> with its arguments.</summary>
        /// <param name="Id">The argument <c>id</c>.</param>
        public readonly record struct Who(int? Id) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents, string>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("who?"u8, 1);
                if (this.Id is null) writer.Writer.WriteNil();
                else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Id.Value);
            }

            string global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClockEvents, string>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader.Require(ref reader);
                return global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader)!;
            }
        }
    }
