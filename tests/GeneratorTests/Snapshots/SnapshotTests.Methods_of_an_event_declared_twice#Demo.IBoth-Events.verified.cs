	/// <summary>The events of <see cref="global::Demo.IBoth"/> as values.</summary>
	public static class BothEvents
	{
		/// <summary>The event <see cref="M:Demo.ITwo.Stop"/> with its arguments.</summary>
		public readonly record struct Stop() : __tsr.ISocketEvent<global::Demo.IBoth>, __tsr.IReceivedEvent<Stop>
		{
			void __tsr.ISocketEvent<global::Demo.IBoth>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("stop"u8, 0);
			}

			static string __tsr.IReceivedEvent<Stop>.Name => "stop";

			static Stop __tsr.IReceivedEvent<Stop>.Read(__tsr.IncomingEvent incoming)
			{
				return new Stop();
			}
		}
	}
