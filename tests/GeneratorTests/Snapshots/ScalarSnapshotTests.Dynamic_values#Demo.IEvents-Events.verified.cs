    /// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
    public static class EventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IEvents.Sent(System.Text.Json.JsonElement,System.Text.Json.Nodes.JsonNode,System.Object,TypedSocketRedis.SocketArgument)"/>
        public static void Sent<TTarget>(this TTarget target, global::System.Text.Json.JsonElement a, global::System.Text.Json.Nodes.JsonNode? b, object? c, global::TypedSocketRedis.SocketArgument d)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("sent"u8, 4);
            try
            {
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteJsonElement(ref data.Writer, a, 1);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteJsonNode(ref data.Writer, b, 1);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteObject(ref data.Writer, c, 1);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteSocketArgument(ref data.Writer, d, 1);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
