	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class BothEvents
	{
		/// <summary>The event <see cref="M:Demo.ITwo.Stop"/> with its arguments.</summary>
		public readonly record struct Stop() : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Stop>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("stop"u8, 0);
			}

			static string __tsr.IReceivedEvent<Stop>.Name => "stop";

			static Stop __tsr.IReceivedEvent<Stop>.Read(ref __tsr.EventDataReader arguments)
			{
				return new Stop();
			}
		}
	}
