	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.DayOfWeek A) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, (int)this.A);
			}
		}
	}
