	/// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String)"/> with its arguments.</summary>
		[global::System.ObsoleteAttribute("gone")]
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
				string argument0 = default!;
				try
				{
					if (arguments.Next("text", isOptional: false))
						argument0 = __tsr.ValueReader.ReadString(ref reader)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Said(argument0);
			}
		}

		/// <summary>The event <see cref="M:Demo.IChatEvents.Count"/> with its arguments.</summary>
		[global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
		public readonly record struct Count() : __tsr.ISocketEvent<global::Demo.IChatEvents, int>, __tsr.IReceivedEvent<Count, int>
		{
			void __tsr.ISocketEvent<global::Demo.IChatEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("count"u8, 0);
			}

			int __tsr.ISocketEvent<global::Demo.IChatEvents, int>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				__tsr.EventDataReader.Require(ref reader);
				return __tsr.ValueReader.ReadInt32(ref reader);
			}

			static string __tsr.IReceivedEvent<Count>.Name => "count";

			static Count __tsr.IReceivedEvent<Count>.Read(__tsr.IncomingEvent incoming)
			{
				return new Count();
			}

			static void __tsr.IReceivedEvent<Count, int>.WriteAck(ref __msg.MessagePackWriter writer, int value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}
	}
