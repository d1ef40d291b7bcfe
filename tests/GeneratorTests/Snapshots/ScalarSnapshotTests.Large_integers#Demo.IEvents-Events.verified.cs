	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Int128,System.UInt128,System.Numerics.BigInteger)"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Int128 A, global::System.UInt128 B, global::System.Numerics.BigInteger C) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 3);
				__tsr.FrameworkWriter.WriteInt128(ref writer.Writer, this.A);
				__tsr.FrameworkWriter.WriteUInt128(ref writer.Writer, this.B);
				__tsr.FrameworkWriter.WriteBigInteger(ref writer.Writer, this.C);
			}
		}
	}
