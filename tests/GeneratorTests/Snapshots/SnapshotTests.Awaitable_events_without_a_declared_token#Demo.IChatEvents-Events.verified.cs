	/// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String)"/> with its arguments.</summary>
		public readonly record struct Said(string Text) : __tsr.ISocketEvent<global::Demo.IChatEvents>, __tsr.IReceivedEvent<Said>
		{
			void __tsr.ISocketEvent<global::Demo.IChatEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("said"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Text);
			}

			static string __tsr.IReceivedEvent<Said>.Name => "said";

			static Said __tsr.IReceivedEvent<Said>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				string argument0 = "hi";
				try
				{
					if (arguments.Next("text", isOptional: true))
						argument0 = __tsr.ValueReader.ReadString(ref reader)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Said(argument0);
			}
		}

		/// <summary>The event <see cref="M:Demo.IChatEvents.Count(System.Int32)"/> with its arguments.</summary>
		public readonly record struct Count(int CancellationToken) : __tsr.ISocketEvent<global::Demo.IChatEvents, int>, __tsr.IReceivedEvent<Count, int>
		{
			void __tsr.ISocketEvent<global::Demo.IChatEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("count"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.CancellationToken);
			}

			int __tsr.ISocketEvent<global::Demo.IChatEvents, int>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				__tsr.EventDataReader.Require(ref reader);
				return __tsr.ValueReader.ReadInt32(ref reader);
			}

			static string __tsr.IReceivedEvent<Count>.Name => "count";

			static Count __tsr.IReceivedEvent<Count>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int argument0 = default!;
				try
				{
					if (arguments.Next("cancellationToken", isOptional: false))
						argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Count(argument0);
			}

			static void __tsr.IReceivedEvent<Count, int>.WriteAck(ref __msg.MessagePackWriter writer, int value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}

		/// <summary>The event <see cref="M:Demo.IChatEvents.Many(System.Int32[])"/> with its arguments.</summary>
		public readonly record struct Many(int[] Numbers) : __tsr.ISocketEvent<global::Demo.IChatEvents>, __tsr.IReceivedEvent<Many>
		{
			void __tsr.ISocketEvent<global::Demo.IChatEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("many"u8, 1);
				__gen.Array_1Of_Int32Formatter.Write(ref writer.Writer, this.Numbers, 1);
			}

			static string __tsr.IReceivedEvent<Many>.Name => "many";

			static Many __tsr.IReceivedEvent<Many>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				int[] argument0 = [];
				try
				{
					if (arguments.Next("numbers", isOptional: true))
						argument0 = __gen.Array_1Of_Int32Formatter.Instance.Deserialize(ref reader, options)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Many(argument0);
			}
		}
	}
