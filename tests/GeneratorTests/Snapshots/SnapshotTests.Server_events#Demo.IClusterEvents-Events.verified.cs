	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class ClusterEvents
	{
		/// <summary>The event <see cref="__contract.Changed"/> with its arguments.</summary>
		public readonly record struct Changed(string Key) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("changed"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Key);
			}
		}

		/// <summary>The event <see cref="__contract.Where"/> with its arguments.</summary>
		public readonly record struct Where() : __tsr.ISocketEvent<__contract, global::Demo.Zone?>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("where"u8, 0);
			}

			global::Demo.Zone? __tsr.ISocketEvent<__contract, global::Demo.Zone?>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				return __gen.Demo_ZoneFormatter.Instance.Deserialize(ref reader, options);
			}
		}
	}
