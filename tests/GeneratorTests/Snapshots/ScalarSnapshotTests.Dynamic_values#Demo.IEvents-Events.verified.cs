	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="__contract.Sent"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Text.Json.JsonElement A, global::System.Text.Json.Nodes.JsonNode? B, object? C, global::TypedSocketRedis.SocketArgument D) : __tsr.ISocketEvent<__contract>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 4);
				__tsr.DynamicWriter.WriteJsonElement(ref writer.Writer, this.A, 1);
				__tsr.DynamicWriter.WriteJsonNode(ref writer.Writer, this.B, 1);
				__tsr.DynamicWriter.WriteObject(ref writer.Writer, this.C, 1);
				__tsr.DynamicWriter.WriteSocketArgument(ref writer.Writer, this.D, 1);
			}
		}
	}
