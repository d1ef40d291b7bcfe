	/// <summary>The events of <see cref="global::Demo.Ichat"/> as values.</summary>
	public static class IchatEvents
	{
		/// <summary>The event <see cref="M:Demo.Ichat.B"/> with its arguments.</summary>
		public readonly record struct B() : __tsr.ISocketEvent<global::Demo.Ichat>, __tsr.IReceivedEvent<B>
		{
			void __tsr.ISocketEvent<global::Demo.Ichat>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("b"u8, 0);
			}

			static string __tsr.IReceivedEvent<B>.Name => "b";

			static B __tsr.IReceivedEvent<B>.Read(__tsr.IncomingEvent incoming)
			{
				return new B();
			}
		}
	}
