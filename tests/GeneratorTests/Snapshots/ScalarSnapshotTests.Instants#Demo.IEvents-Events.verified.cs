	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.DateTime A, global::System.DateTimeOffset B) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 2);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A, "IEvents.Sent(a)");
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
			}
		}
	}
