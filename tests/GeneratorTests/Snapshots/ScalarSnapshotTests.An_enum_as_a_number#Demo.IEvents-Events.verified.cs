	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.DayOfWeek)"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.DayOfWeek A) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, (int)this.A);
			}
		}
	}
