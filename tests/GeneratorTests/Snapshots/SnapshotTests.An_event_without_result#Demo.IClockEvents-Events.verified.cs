	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ClockEvents
	{
		/// <summary>The event <see cref="__contract.Time"/> with its arguments.</summary>
		public readonly record struct Time(global::System.DateTime Now) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Time>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("time"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Now, "IClockEvents.Time(now)");
			}

			static string __tsr.IReceivedEvent<Time>.Name => "time";

			static Time __tsr.IReceivedEvent<Time>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				global::System.DateTime argument0 = default!;
				if (arguments.Next("now", isOptional: false)) argument0 = __tsr.ValueReader.ReadDateTime(ref reader);
				return new Time(argument0);
			}
		}
	}
