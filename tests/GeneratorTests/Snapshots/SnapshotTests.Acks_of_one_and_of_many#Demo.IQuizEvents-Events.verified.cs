	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class QuizEvents
	{
		/// <summary>The event <see cref="__contract.Ask"/> with its arguments.</summary>
		public readonly record struct Ask(string Question) : __tsr.ISocketEvent<__contract, string?>, __tsr.IReceivedEvent<Ask, string?>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("ask"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Question);
			}

			string? __tsr.ISocketEvent<__contract, string?>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				return __tsr.ValueReader.ReadString(ref reader);
			}

			static string __tsr.IReceivedEvent<Ask>.Name => "ask";

			static Ask __tsr.IReceivedEvent<Ask>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				string argument0 = default!;
				if (arguments.Next("question", isOptional: false)) argument0 = __tsr.ValueReader.ReadString(ref reader)!;
				return new Ask(argument0);
			}

			static void __tsr.IReceivedEvent<Ask, string?>.WriteAck(ref __msg.MessagePackWriter writer, string? value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}
	}
