	/// <summary>The events of <see cref="global::Demo.Outer.IInnerEvents"/> as values.</summary>
	internal static class Outer_InnerEvents
	{
		/// <summary>The event <see cref="M:Demo.Outer.IInnerEvents.A(System.Int32)"/> with its arguments.</summary>
		public readonly record struct A(int A_) : __tsr.ISocketEvent<global::Demo.Outer.IInnerEvents>, __tsr.IReceivedEvent<A>
		{
			void __tsr.ISocketEvent<global::Demo.Outer.IInnerEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("a"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A_);
			}

			static string __tsr.IReceivedEvent<A>.Name => "a";

			static A __tsr.IReceivedEvent<A>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				int argument0 = default!;
				try
				{
					if (arguments.Next("a", isOptional: false))
						argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new A(argument0);
			}
		}
	}
