	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="__contract.Said"/> with its arguments.</summary>
		[global::System.ObsoleteAttribute("gone")]
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

		/// <summary>The event <see cref="__contract.Count"/> with its arguments.</summary>
		[global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
		public readonly record struct Count() : __tsr.ISocketEvent<__contract, int>, __tsr.IReceivedEvent<Count, int>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("count"u8, 0);
			}

			int __tsr.ISocketEvent<__contract, int>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				__tsr.EventDataReader.Require(ref reader);
				return __tsr.ValueReader.ReadInt32(ref reader);
			}

			static string __tsr.IReceivedEvent<Count>.Name => "count";

			static Count __tsr.IReceivedEvent<Count>.Read(ref __tsr.EventDataReader arguments)
			{
				return new Count();
			}

			static void __tsr.IReceivedEvent<Count, int>.WriteAck(ref __msg.MessagePackWriter writer, int value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}
	}
