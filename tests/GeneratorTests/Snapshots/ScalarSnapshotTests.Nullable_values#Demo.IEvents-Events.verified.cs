	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(bool? A, int? B, decimal? C, string? D, global::System.Guid? E, global::System.DateTime? F, byte[]? G, global::System.ReadOnlyMemory<byte>? H, global::System.DayOfWeek? I) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 9);
				if (this.A is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.A.Value);
				if (this.B is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.B.Value);
				if (this.C is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.C.Value);
				__tsr.ValueWriter.Write(ref writer.Writer, this.D);
				if (this.E is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.E.Value);
				if (this.F is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.F.Value, "IEvents.Sent(f)");
				__tsr.ValueWriter.Write(ref writer.Writer, this.G);
				if (this.H is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, this.H.Value);
				if (this.I is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, (int)this.I.Value);
			}
		}
	}
