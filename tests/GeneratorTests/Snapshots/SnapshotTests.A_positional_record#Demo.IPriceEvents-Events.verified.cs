	/// <summary>The events of <see cref="global::Demo.IPriceEvents"/> as values.</summary>
	public static class PriceEvents
	{
		/// <summary>The event <see cref="M:Demo.IPriceEvents.Changed(Demo.Price)"/> with its arguments.</summary>
		public readonly record struct Changed(global::Demo.Price Price) : __tsr.ISocketEvent<global::Demo.IPriceEvents>, __tsr.IReceivedEvent<Changed>
		{
			void __tsr.ISocketEvent<global::Demo.IPriceEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("changed"u8, 1);
				__gen.Demo_PriceFormatter.Write(ref writer.Writer, this.Price, 1);
			}

			static string __tsr.IReceivedEvent<Changed>.Name => "changed";

			static Changed __tsr.IReceivedEvent<Changed>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Demo.Price argument0 = default!;
				try
				{
					if (arguments.Next("price", isOptional: false))
						argument0 = __gen.Demo_PriceFormatter.Instance.Deserialize(ref reader, options)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Changed(argument0);
			}
		}
	}
