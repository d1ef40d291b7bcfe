	/// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
	public static class Events
	{
		/// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Text.Json.JsonElement,System.Text.Json.Nodes.JsonNode,System.Object,TypedSocketRedis.SocketArgument)"/> with its arguments.</summary>
		public readonly record struct Sent(global::System.Text.Json.JsonElement A, global::System.Text.Json.Nodes.JsonNode? B, object? C, global::TypedSocketRedis.SocketArgument D) : __tsr.ISocketEvent<global::Demo.IEvents>
		{
			void __tsr.ISocketEvent<global::Demo.IEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("sent"u8, 4);
				__tsr.DynamicWriter.WriteJsonElement(ref writer.Writer, this.A, 1);
				__tsr.DynamicWriter.WriteJsonNode(ref writer.Writer, this.B, 1);
				__tsr.DynamicWriter.WriteObject(ref writer.Writer, this.C, 1);
				__tsr.DynamicWriter.WriteSocketArgument(ref writer.Writer, this.D, 1);
			}
		}
	}
