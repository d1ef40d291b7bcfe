	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Uri A, global::System.Version B, global::System.Guid C) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 3);
				__tsr.FrameworkWriter.WriteUri(ref writer.Writer, this.A);
				__tsr.FrameworkWriter.WriteVersion(ref writer.Writer, this.B);
				__tsr.ValueWriter.Write(ref writer.Writer, this.C);
			}
		}
	}
