	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	internal static class Outer_InnerEvents
	{
		/// <summary>The event <see cref="__contract.A"/> with its arguments.</summary>
		public readonly record struct A(int A_) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<A>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("a"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A_);
			}

			static string __tsr.IReceivedEvent<A>.Name => "a";

			static A __tsr.IReceivedEvent<A>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int argument0 = default!;
				if (arguments.Next("a", isOptional: false)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				return new A(argument0);
			}
		}
	}
