	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="__contract.Said"/> with its arguments.</summary>
		public readonly record struct Said(string Text) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Said>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("said"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Text);
			}

			static string __tsr.IReceivedEvent<Said>.Name => "said";

			static Said __tsr.IReceivedEvent<Said>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				string argument0 = default!;
				if (arguments.Next("text", isOptional: false)) argument0 = __tsr.ValueReader.ReadString(ref reader)!;
				return new Said(argument0);
			}
		}
	}
