	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class UserEvents
	{
		/// <summary>The event <see cref="__contract.Seen"/> with its arguments.</summary>
		public readonly record struct Seen(global::Demo.User User) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Seen>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("seen"u8, 1);
				__gen.Demo_UserFormatter.Write(ref writer.Writer, this.User, 1);
			}

			static string __tsr.IReceivedEvent<Seen>.Name => "seen";

			static Seen __tsr.IReceivedEvent<Seen>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Demo.User argument0 = default!;
				if (arguments.Next("user", isOptional: false)) argument0 = __gen.Demo_UserFormatter.Instance.Deserialize(ref reader, options)!;
				return new Seen(argument0);
			}
		}
	}
