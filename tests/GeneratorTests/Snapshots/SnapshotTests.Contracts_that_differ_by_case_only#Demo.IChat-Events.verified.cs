	/// <summary>The events of <see cref="global::Demo.IChat"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="M:Demo.IChat.A"/> with its arguments.</summary>
		public readonly record struct A() : __tsr.ISocketEvent<global::Demo.IChat>, __tsr.IReceivedEvent<A>
		{
			void __tsr.ISocketEvent<global::Demo.IChat>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("a"u8, 0);
			}

			static string __tsr.IReceivedEvent<A>.Name => "a";

			static A __tsr.IReceivedEvent<A>.Read(__tsr.IncomingEvent incoming)
			{
				return new A();
			}
		}
	}
