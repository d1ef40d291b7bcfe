	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class PriceEvents
	{
		/// <summary>The event <see cref="__contract.Changed"/> with its arguments.</summary>
		public readonly record struct Changed(global::Demo.Price Price) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Changed>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("changed"u8, 1);
				__gen.Demo_PriceFormatter.Write(ref writer.Writer, this.Price, 1);
			}

			static string __tsr.IReceivedEvent<Changed>.Name => "changed";

			static Changed __tsr.IReceivedEvent<Changed>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Demo.Price argument0 = default!;
				if (arguments.Next("price", isOptional: false)) argument0 = __gen.Demo_PriceFormatter.Instance.Deserialize(ref reader, options)!;
				return new Changed(argument0);
			}
		}
	}
