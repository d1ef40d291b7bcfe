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
				string argument0 = "hi";
				if (arguments.Next("text", isOptional: true)) argument0 = __tsr.ValueReader.ReadString(ref reader)!;
				return new Said(argument0);
			}
		}

		/// <summary>The event <see cref="__contract.Count"/> with its arguments.</summary>
		public readonly record struct Count(int CancellationToken) : __tsr.ISocketEvent<__contract, int>, __tsr.IReceivedEvent<Count, int>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("count"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.CancellationToken);
			}

			int __tsr.ISocketEvent<__contract, int>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				__tsr.EventDataReader.Require(ref reader);
				return __tsr.ValueReader.ReadInt32(ref reader);
			}

			static string __tsr.IReceivedEvent<Count>.Name => "count";

			static Count __tsr.IReceivedEvent<Count>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int argument0 = default!;
				if (arguments.Next("cancellationToken", isOptional: false)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				return new Count(argument0);
			}

			static void __tsr.IReceivedEvent<Count, int>.WriteAck(ref __msg.MessagePackWriter writer, int value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}

		/// <summary>The event <see cref="__contract.Many"/> with its arguments.</summary>
		public readonly record struct Many(int[] Numbers) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Many>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("many"u8, 1);
				__gen.Array_1Of_Int32Formatter.Write(ref writer.Writer, this.Numbers, 1);
			}

			static string __tsr.IReceivedEvent<Many>.Name => "many";

			static Many __tsr.IReceivedEvent<Many>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				int[] argument0 = [];
				if (arguments.Next("numbers", isOptional: true)) argument0 = __gen.Array_1Of_Int32Formatter.Instance.Deserialize(ref reader, options)!;
				return new Many(argument0);
			}
		}
	}
