	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.DateTime,System.DateTimeOffset)"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.DateTime A, global::System.DateTimeOffset B) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 2);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A, "IEvents.Sent(a)");
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
			}
		}
	}
