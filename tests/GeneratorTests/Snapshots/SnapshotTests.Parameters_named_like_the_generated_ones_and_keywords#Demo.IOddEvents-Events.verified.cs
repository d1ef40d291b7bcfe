	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class OddEvents
	{
		/// <summary>The event <see cref="__contract.Odd"/> with its arguments.</summary>
		public readonly record struct Odd(int Target, int Data, bool Class, string[] Rest) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Odd>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("odd"u8, 4);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Target);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Data);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Class);
				__gen.Array_1Of_StringFormatter.Write(ref writer.Writer, this.Rest, 1);
			}

			static string __tsr.IReceivedEvent<Odd>.Name => "odd";

			static Odd __tsr.IReceivedEvent<Odd>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				int argument0 = default!;
				int argument1 = default!;
				bool argument2 = default!;
				string[] argument3 = [];
				if (arguments.Next("target", isOptional: false)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				if (arguments.Next("data", isOptional: false)) argument1 = __tsr.ValueReader.ReadInt32(ref reader);
				if (arguments.Next("class", isOptional: false)) argument2 = __tsr.ValueReader.ReadBoolean(ref reader);
				if (arguments.Next("rest", isOptional: true)) argument3 = __gen.Array_1Of_StringFormatter.Instance.Deserialize(ref reader, options)!;
				return new Odd(argument0, argument1, argument2, argument3);
			}
		}
	}
