	/// <summary>The events of <see cref="global::Demo.IClockEvents"/> as values.</summary>
	public static class ClockEvents
	{
		/// <summary>The event <see cref="M:Demo.IClockEvents.Time(System.DateTime)"/> with its arguments.</summary>
		public readonly record struct Time(global::System.DateTime Now) : __tsr.ISocketEvent<global::Demo.IClockEvents>, __tsr.IReceivedEvent<Time>
		{
			void __tsr.ISocketEvent<global::Demo.IClockEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("time"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Now, "IClockEvents.Time(now)");
			}

			static string __tsr.IReceivedEvent<Time>.Name => "time";

			static Time __tsr.IReceivedEvent<Time>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				global::System.DateTime argument0 = default!;
				try
				{
					if (arguments.Next("now", isOptional: false))
						argument0 = __tsr.ValueReader.ReadDateTime(ref reader);
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Time(argument0);
			}
		}
	}
