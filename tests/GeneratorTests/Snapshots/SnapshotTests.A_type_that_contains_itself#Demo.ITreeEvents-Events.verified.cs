	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class TreeEvents
	{
		/// <summary>The event <see cref="__contract.Grown"/> with its arguments.</summary>
		public readonly record struct Grown(global::Demo.Node Root) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Grown>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("grown"u8, 1);
				__gen.Demo_NodeFormatter.Write(ref writer.Writer, this.Root, 1);
			}

			static string __tsr.IReceivedEvent<Grown>.Name => "grown";

			static Grown __tsr.IReceivedEvent<Grown>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Demo.Node argument0 = default!;
				if (arguments.Next("root", isOptional: false)) argument0 = __gen.Demo_NodeFormatter.Instance.Deserialize(ref reader, options)!;
				return new Grown(argument0);
			}
		}
	}
