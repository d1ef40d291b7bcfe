	/// <summary>The events of <see cref="global::Demo.IClusterEvents"/> as values.</summary>
	public static class ClusterEvents
	{
		/// <summary>The event <see cref="M:Demo.IClusterEvents.Changed(System.String)"/> with its arguments.</summary>
		public readonly record struct Changed(string Key) : __tsr.ISocketEvent<global::Demo.IClusterEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IClusterEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("changed"u8, 1);
				__tsr.ValueWriter.Write(ref writer.Writer, this.Key);
			}
		}

		/// <summary>The event <see cref="M:Demo.IClusterEvents.Where(System.Threading.CancellationToken)"/> with its arguments.</summary>
		public readonly record struct Where() : __tsr.ISocketEvent<global::Demo.IClusterEvents, global::Demo.Zone?>
		{
			void __tsr.ISocketEvent<global::Demo.IClusterEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("where"u8, 0);
			}

			global::Demo.Zone? __tsr.ISocketEvent<global::Demo.IClusterEvents, global::Demo.Zone?>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
			{
				return __gen.Demo_ZoneFormatter.Instance.Deserialize(ref reader, options);
			}
		}
	}
