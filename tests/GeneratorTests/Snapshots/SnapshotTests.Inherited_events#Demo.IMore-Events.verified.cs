	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class MoreEvents
	{
		/// <summary>The event <see cref="global::Demo.IBase.First"/> with its arguments.</summary>
		public readonly record struct First(int A) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<First>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("first"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
			}

			static string __tsr.IReceivedEvent<First>.Name => "first";

			static First __tsr.IReceivedEvent<First>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int argument0 = default!;
				if (arguments.Next("a", isOptional: false)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				return new First(argument0);
			}
		}

		/// <summary>The event <see cref="__contract.Second"/> with its arguments.</summary>
		public readonly record struct Second(int A) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Second>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("second"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
			}

			static string __tsr.IReceivedEvent<Second>.Name => "second";

			static Second __tsr.IReceivedEvent<Second>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int argument0 = default!;
				if (arguments.Next("a", isOptional: false)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				return new Second(argument0);
			}
		}
	}
