    /// <summary>The events of <see cref="global::Demo.IEvents"/> as values.</summary>
    public static class Events
    {
        /// <summary>The event <see cref="M:Demo.IEvents.Sent(System.Text.Json.JsonElement,System.Text.Json.Nodes.JsonNode,System.Object,TypedSocketRedis.SocketArgument)"/> with its arguments.</summary>
        /// <param name="A">The argument <c>a</c>.</param>
        /// <param name="B">The argument <c>b</c>.</param>
        /// <param name="C">The argument <c>c</c>.</param>
        /// <param name="D">The argument <c>d</c>.</param>
        public readonly record struct Sent(global::System.Text.Json.JsonElement A, global::System.Text.Json.Nodes.JsonNode? B, object? C, global::TypedSocketRedis.SocketArgument D) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("sent"u8, 4);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteJsonElement(ref writer.Writer, this.A, 1);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteJsonNode(ref writer.Writer, this.B, 1);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteObject(ref writer.Writer, this.C, 1);
                global::TypedSocketRedis.CompilerServices.DynamicWriter.WriteSocketArgument(ref writer.Writer, this.D, 1);
            }
        }
    }
