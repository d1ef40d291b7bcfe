	/// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IEvents.Sent(System.Text.Json.JsonElement,System.Text.Json.Nodes.JsonNode,System.Object,TypedSocketRedis.SocketArgument)"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<global::Demo.IEvents> target, global::System.Text.Json.JsonElement a, global::System.Text.Json.Nodes.JsonNode? b, object? c, global::TypedSocketRedis.SocketArgument d, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d), cancellationToken);
	}
