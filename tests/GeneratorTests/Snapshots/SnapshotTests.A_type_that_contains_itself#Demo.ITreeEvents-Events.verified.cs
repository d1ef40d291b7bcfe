	/// <summary>The events of <see cref="global::Demo.ITreeEvents"/> as values.</summary>
	public static class TreeEvents
	{
		/// <summary>The event <see cref="M:Demo.ITreeEvents.Grown(Demo.Node)"/> with its arguments.</summary>
		public readonly record struct Grown(global::Demo.Node Root) : __tsr.ISocketEvent<global::Demo.ITreeEvents>, __tsr.IReceivedEvent<Grown>
		{
			void __tsr.ISocketEvent<global::Demo.ITreeEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("grown"u8, 1);
				__gen.Demo_NodeFormatter.Write(ref writer.Writer, this.Root, 1);
			}

			static string __tsr.IReceivedEvent<Grown>.Name => "grown";

			static Grown __tsr.IReceivedEvent<Grown>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Demo.Node argument0 = default!;
				try
				{
					if (arguments.Next("root", isOptional: false))
						argument0 = __gen.Demo_NodeFormatter.Instance.Deserialize(ref reader, options)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Grown(argument0);
			}
		}
	}
