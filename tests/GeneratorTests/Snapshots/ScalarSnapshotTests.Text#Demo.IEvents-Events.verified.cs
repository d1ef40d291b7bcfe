	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Char,System.String,System.Text.Rune)"/> with its arguments.</summary>
		public readonly record struct Sent(char A, string B, global::System.Text.Rune C) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 3);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
				__tsr.ValueWriter.Write(ref writer.Writer, this.B);
				__tsr.FrameworkWriter.WriteRune(ref writer.Writer, this.C);
			}
		}
	}
