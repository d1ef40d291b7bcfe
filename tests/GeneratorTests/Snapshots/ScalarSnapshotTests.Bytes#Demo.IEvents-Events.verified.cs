	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Byte[],System.Memory{System.Byte},System.ReadOnlyMemory{System.Byte},System.ArraySegment{System.Byte})"/> with its arguments.</summary>
		public readonly record struct Sent(byte[] A, global::System.Memory<byte> B, global::System.ReadOnlyMemory<byte> C, global::System.ArraySegment<byte> D) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 4);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
				__tsr.ValueWriter.Write(ref writer.Writer, this.C);
				__tsr.ValueWriter.Write(ref writer.Writer, this.D);
			}
		}
	}
