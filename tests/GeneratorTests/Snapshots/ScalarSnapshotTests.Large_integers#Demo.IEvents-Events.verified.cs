	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Int128 A, global::System.UInt128 B, global::System.Numerics.BigInteger C) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 3);
				__tsr.FrameworkWriter.WriteInt128(ref writer.Writer, this.A);
				__tsr.FrameworkWriter.WriteUInt128(ref writer.Writer, this.B);
				__tsr.FrameworkWriter.WriteBigInteger(ref writer.Writer, this.C);
			}
		}
	}
