	/// <summary>The events of <see cref="global::Demo.IQuizEvents"/> as values.</summary>
	public static class QuizEvents
	{
		/// <summary>The event <see cref="M:Demo.IQuizEvents.Ask(System.String)"/> with its arguments.</summary>
		public readonly record struct Ask(string Question) : __tsr.ISocketEvent<global::Demo.IQuizEvents, string?>, __tsr.IReceivedEvent<Ask, string?>
		{
			void __tsr.ISocketEvent<global::Demo.IQuizEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("ask"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Question);
			}

			string? __tsr.ISocketEvent<global::Demo.IQuizEvents, string?>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				return __tsr.ValueReader.ReadString(ref reader);
			}

			static string __tsr.IReceivedEvent<Ask>.Name => "ask";

			static Ask __tsr.IReceivedEvent<Ask>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				string argument0 = default!;
				try
				{
					if (arguments.Next("question", isOptional: false))
						argument0 = __tsr.ValueReader.ReadString(ref reader)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Ask(argument0);
			}

			static void __tsr.IReceivedEvent<Ask, string?>.WriteAck(ref __msg.MessagePackWriter writer, string? value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}
	}
