	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class IchatEvents
	{
		/// <summary>The event <see cref="__contract.B"/> with its arguments.</summary>
		public readonly record struct B() : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<B>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("b"u8, 0);
			}

			static string __tsr.IReceivedEvent<B>.Name => "b";

			static B __tsr.IReceivedEvent<B>.Read(ref __tsr.EventDataReader arguments)
			{
				return new B();
			}
		}
	}
