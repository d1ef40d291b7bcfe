	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ClockEvents
	{
		/// <summary>The event <see cref="__contract.Who"/> with its arguments.</summary>
		public readonly record struct Who(int? Id) : __tsr.ISocketEvent<__contract, string>, __tsr.IReceivedEvent<Who, string>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("who?"u8, 1);
				if (this.Id is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.Id.Value);
			}

			string __tsr.ISocketEvent<__contract, string>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				__tsr.EventDataReader.Require(ref reader);
				return __tsr.ValueReader.ReadString(ref reader)!;
			}

			static string __tsr.IReceivedEvent<Who>.Name => "who?";

			static Who __tsr.IReceivedEvent<Who>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int? argument0 = default!;
				if (arguments.Next("id", isOptional: true)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				return new Who(argument0);
			}

			static void __tsr.IReceivedEvent<Who, string>.WriteAck(ref __msg.MessagePackWriter writer, string value)
			{
				__tsr.ValueWriter.Write(ref writer, value);
			}
		}
	}
