	/// <summary>The events of <see cref="global::Demo.IMore"/> as values.</summary>
	public static class MoreEvents
	{
		/// <summary>The event <see cref="M:Demo.IBase.First(System.Int32)"/> with its arguments.</summary>
		public readonly record struct First(int A) : __tsr.ISocketEvent<global::Demo.IMore>, __tsr.IReceivedEvent<First>
		{
			void __tsr.ISocketEvent<global::Demo.IMore>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("first"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
			}

			static string __tsr.IReceivedEvent<First>.Name => "first";

			static First __tsr.IReceivedEvent<First>.Read(__tsr.IncomingEvent incoming)
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

				return new First(argument0);
			}
		}

		/// <summary>The event <see cref="M:Demo.IMore.Second(System.Int32)"/> with its arguments.</summary>
		public readonly record struct Second(int A) : __tsr.ISocketEvent<global::Demo.IMore>, __tsr.IReceivedEvent<Second>
		{
			void __tsr.ISocketEvent<global::Demo.IMore>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("second"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.A);
			}

			static string __tsr.IReceivedEvent<Second>.Name => "second";

			static Second __tsr.IReceivedEvent<Second>.Read(__tsr.IncomingEvent incoming)
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

				return new Second(argument0);
			}
		}
	}
