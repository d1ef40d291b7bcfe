	/// <summary>The events of <see cref="global::Demo.IChatEvents"/> as values.</summary>
	public static class ChatEvents
	{
		/// <summary>The event <see cref="M:Demo.IChatEvents.Said(System.String,System.Threading.CancellationToken)"/> with its arguments.</summary>
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
	}
