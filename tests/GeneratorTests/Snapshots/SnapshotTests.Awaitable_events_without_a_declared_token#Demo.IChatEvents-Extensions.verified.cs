	/// <summary>The events of <see cref="global::Demo.IChatEvents"/>, sent to a target.</summary>
	public static class ChatEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IChatEvents.Said(System.String)"/>
		public static __tpl.ValueTask Said(this __tsr.IEventTarget<global::Demo.IChatEvents> target, string text = "hi", global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ChatEvents.Said(text), cancellationToken);

		/// <inheritdoc cref="M:Demo.IChatEvents.Count(System.Int32)"/>
		public static global::TypedSocketRedis.Acks<int> Count(this __tsr.IBroadcastTarget<global::Demo.IChatEvents> target, int cancellationToken, global::System.Threading.CancellationToken cancellationToken_ = default)
			=> target.SendWithAck<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(cancellationToken), cancellationToken_);

		/// <inheritdoc cref="M:Demo.IChatEvents.Count(System.Int32)"/>
		public static __tpl.Task<int> Count(this global::TypedSocketRedis.ISocketClient<global::Demo.IChatEvents> target, int cancellationToken, global::System.Threading.CancellationToken cancellationToken_ = default)
			=> target.SendWithAckAsync<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(cancellationToken), cancellationToken_);

		/// <inheritdoc cref="M:Demo.IChatEvents.Many(System.Int32[])"/>
		public static __tpl.ValueTask Many(this __tsr.IEventTarget<global::Demo.IChatEvents> target, params int[] numbers)
			=> target.SendAsync(new global::Demo.ChatEvents.Many(numbers), global::System.Threading.CancellationToken.None);
	}
