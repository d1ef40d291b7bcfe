	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="__contract.A"/> with its arguments.</summary>
		public readonly record struct A() : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<A>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("a"u8, 0);
			}

			static string __tsr.IReceivedEvent<A>.Name => "a";

			static A __tsr.IReceivedEvent<A>.Read(ref __tsr.EventDataReader arguments)
			{
				return new A();
			}
		}
	}
