/// <summary>The events of <see cref="__contract"/> as values.</summary>
internal static class ChatEvents
{
	/// <summary>The event <see cref="__contract.Joined"/> with its arguments.</summary>
	public readonly record struct Joined(int? Id) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Joined>
	{
		void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
		{
			writer.Begin("user joined"u8, 1);
			if (this.Id is null) writer.Writer.WriteNil();
			else __tsr.ValueWriter.Write(ref writer.Writer, this.Id.Value);
		}

		static string __tsr.IReceivedEvent<Joined>.Name => "user joined";

		static Joined __tsr.IReceivedEvent<Joined>.Read(ref __tsr.EventDataReader arguments)
		{
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			int? argument0 = default!;
			if (arguments.Next("id", isOptional: true)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
			return new Joined(argument0);
		}
	}
}
