	/// <summary>The events of <see cref="global::Demo.IUserEvents"/> as values.</summary>
	public static class UserEvents
	{
		/// <summary>The event <see cref="M:Demo.IUserEvents.Seen(Demo.User)"/> with its arguments.</summary>
		public readonly record struct Seen(global::Demo.User User) : __tsr.ISocketEvent<global::Demo.IUserEvents>, __tsr.IReceivedEvent<Seen>
		{
			void __tsr.ISocketEvent<global::Demo.IUserEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("seen"u8, 1);
				__gen.Demo_UserFormatter.Write(ref writer.Writer, this.User, 1);
			}

			static string __tsr.IReceivedEvent<Seen>.Name => "seen";

			static Seen __tsr.IReceivedEvent<Seen>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Demo.User argument0 = default!;
				try
				{
					if (arguments.Next("user", isOptional: false))
						argument0 = __gen.Demo_UserFormatter.Instance.Deserialize(ref reader, options)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Seen(argument0);
			}
		}
	}
