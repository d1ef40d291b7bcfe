	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(bool A, sbyte B, byte C, short D, ushort E, int F, uint G, long H, ulong I, global::System.IntPtr J, global::System.UIntPtr K) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 11);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
				__tsr.ValueWriter.Write(ref writer.Writer, this.C);
				__tsr.ValueWriter.Write(ref writer.Writer, this.D);
				__tsr.ValueWriter.Write(ref writer.Writer, this.E);
				__tsr.ValueWriter.Write(ref writer.Writer, this.F);
				__tsr.ValueWriter.Write(ref writer.Writer, this.G);
				__tsr.ValueWriter.Write(ref writer.Writer, this.H);
				__tsr.ValueWriter.Write(ref writer.Writer, this.I);
				__tsr.ValueWriter.Write(ref writer.Writer, this.J);
				__tsr.ValueWriter.Write(ref writer.Writer, this.K);
			}
		}
	}
