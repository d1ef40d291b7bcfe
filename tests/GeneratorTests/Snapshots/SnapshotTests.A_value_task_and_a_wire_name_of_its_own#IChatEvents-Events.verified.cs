/// <summary>The events of <see cref="global::IChatEvents"/> as values.</summary>
internal static class ChatEvents
{
	/// <summary>The event <see cref="M:IChatEvents.Joined(System.Nullable{System.Int32})"/> with its arguments.</summary>
	public readonly record struct Joined(int? Id) : __tsr.ISocketEvent<global::IChatEvents>, __tsr.IReceivedEvent<Joined>
	{
		void __tsr.ISocketEvent<global::IChatEvents>.Write(ref __tsr.EventDataWriter writer)
		{
			writer.Begin("user joined"u8, 1);
			if (this.Id is null) writer.Writer.WriteNil();
			else __tsr.ValueWriter.Write(ref writer.Writer, this.Id.Value);
		}

		static string __tsr.IReceivedEvent<Joined>.Name => "user joined";

		static Joined __tsr.IReceivedEvent<Joined>.Read(__tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			int? argument0 = default!;
			try
			{
				if (arguments.Next("id", isOptional: true))
					argument0 = __tsr.ValueReader.ReadInt32(ref reader);
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return new Joined(argument0);
		}
	}
}
