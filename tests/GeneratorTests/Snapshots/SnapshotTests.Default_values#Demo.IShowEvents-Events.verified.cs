	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ShowEvents
	{
		/// <summary>The event <see cref="__contract.Show"/> with its arguments.</summary>
		public readonly record struct Show(int Times, string? Text, global::Demo.Level? Level, double Ratio) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("show"u8, 4);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Times);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Text);
				if (this.Level is null) writer.Writer.WriteNil();
				else __tsr.ValueWriter.Write(ref writer.Writer, (int)this.Level.Value);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Ratio);
			}
		}
	}
