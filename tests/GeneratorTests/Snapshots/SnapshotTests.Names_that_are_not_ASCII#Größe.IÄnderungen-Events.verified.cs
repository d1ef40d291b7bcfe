	/// <summary>The events of <see cref="global::Größe.IÄnderungen"/> as values.</summary>
	public static class ÄnderungenEvents
	{
		/// <summary>The event <see cref="M:Größe.IÄnderungen.Größer(Größe.Maß)"/> with its arguments.</summary>
		public readonly record struct Größer(global::Größe.Maß Maß) : __tsr.ISocketEvent<global::Größe.IÄnderungen>, __tsr.IReceivedEvent<Größer>
		{
			void __tsr.ISocketEvent<global::Größe.IÄnderungen>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("größer"u8, 1);
				__gen.Größe_MaßFormatter.Write(ref writer.Writer, this.Maß, 1);
			}

			static string __tsr.IReceivedEvent<Größer>.Name => "größer";

			static Größer __tsr.IReceivedEvent<Größer>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::Größe.Maß argument0 = default!;
				try
				{
					if (arguments.Next("maß", isOptional: false))
						argument0 = __gen.Größe_MaßFormatter.Instance.Deserialize(ref reader, options)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Größer(argument0);
			}
		}
	}
