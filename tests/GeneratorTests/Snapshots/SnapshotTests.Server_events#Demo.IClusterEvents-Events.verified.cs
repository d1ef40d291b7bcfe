    /// <summary>The events of <see cref="global::Demo.IClusterEvents"/> as values.</summary>
    public static class ClusterEvents
    {
        /// <summary>The event <see cref="M:Demo.IClusterEvents.Changed(System.String)"/> with its arguments.</summary>
        /// <param name="Key">The argument <c>key</c>.</param>
        public readonly record struct Changed(string Key) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClusterEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClusterEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("changed"u8, 1);
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Key);
            }
        }

        /// <summary>The event <see cref="M:Demo.IClusterEvents.Where(System.Threading.CancellationToken)"/> with its arguments.</summary>
        public readonly record struct Where() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClusterEvents, global::Demo.Zone?>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClusterEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("where"u8, 0);
            }

            global::Demo.Zone? global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IClusterEvents, global::Demo.Zone?>.ReadAck(ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)
            {
                return global::TypedSocketRedis.Generated.Demo_ZoneFormatter.Instance.Deserialize(ref reader, options);
            }
        }
    }
