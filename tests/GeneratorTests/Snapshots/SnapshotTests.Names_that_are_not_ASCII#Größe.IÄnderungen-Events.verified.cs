	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ÄnderungenEvents
	{
		/// <summary>The event <see cref="__contract.Größer"/> with its arguments.</summary>
		public readonly record struct Größer(global::Größe.Maß Maß) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Größer>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("größer"u8, 1);
				__gen.Größe_MaßFormatter.Write(ref writer.Writer, this.Maß, 1);
			}

			static string __tsr.IReceivedEvent<Größer>.Name => "größer";

			static Größer __tsr.IReceivedEvent<Größer>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Größe.Maß argument0 = default!;
				if (arguments.Next("maß", isOptional: false)) argument0 = __gen.Größe_MaßFormatter.Instance.Deserialize(ref reader, options)!;
				return new Größer(argument0);
			}
		}
	}
