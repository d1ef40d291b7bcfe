	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Half A, float B, double C, decimal D) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 4);
				__tsr.FrameworkWriter.WriteHalf(ref writer.Writer, this.A);
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
				__tsr.ValueWriter.Write(ref writer.Writer, this.C);
				__tsr.ValueWriter.Write(ref writer.Writer, this.D);
			}
		}
	}
