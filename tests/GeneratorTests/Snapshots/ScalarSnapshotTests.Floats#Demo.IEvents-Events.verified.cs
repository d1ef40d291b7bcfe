	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Half,System.Single,System.Double,System.Decimal)"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Half A, float B, double C, decimal D) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 4);
				__tsr.FrameworkWriter.WriteHalf(ref writer.Writer, this.A);
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
				__tsr.ValueWriter.Write(ref writer.Writer, this.C);
				__tsr.ValueWriter.Write(ref writer.Writer, this.D);
			}
		}
	}
