	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ChatEventsExtensions
	{
		/// <inheritdoc cref="__contract.Said"/>
		public static __tpl.ValueTask Said(this __tsr.IEventTarget<__contract> target, string text = "hi", global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ChatEvents.Said(text), cancellationToken);

		/// <inheritdoc cref="__contract.Count"/>
		public static global::TypedSocketRedis.Acks<int> Count(this __tsr.IBroadcastTarget<__contract> target, int cancellationToken, global::System.Threading.CancellationToken cancellationToken_ = default)
			=> target.SendWithAck<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(cancellationToken), cancellationToken_);

		/// <inheritdoc cref="__contract.Count"/>
		public static __tpl.Task<int> Count(this global::TypedSocketRedis.ISocketClient<__contract> target, int cancellationToken, global::System.Threading.CancellationToken cancellationToken_ = default)
			=> target.SendWithAckAsync<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(cancellationToken), cancellationToken_);

		/// <inheritdoc cref="__contract.Many"/>
		public static __tpl.ValueTask Many(this __tsr.IEventTarget<__contract> target, params int[] numbers)
			=> target.SendAsync(new global::Demo.ChatEvents.Many(numbers), global::System.Threading.CancellationToken.None);
	}
