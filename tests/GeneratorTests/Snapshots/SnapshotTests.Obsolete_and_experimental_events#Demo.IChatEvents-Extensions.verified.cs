	/// <summary>The events of <see cref="global::Demo.IChatEvents"/>, sent to a target.</summary>
	public static class ChatEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IChatEvents.Said(System.String)"/>
		[global::System.ObsoleteAttribute("gone")]
		public static void Said(this __tsr.IEventTarget<global::Demo.IChatEvents> target, string text)
			=> target.Send(new global::Demo.ChatEvents.Said(text));

		/// <inheritdoc cref="M:Demo.IChatEvents.Count"/>
		[global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
		public static global::TypedSocketRedis.Acks<int> Count(this __tsr.IBroadcastTarget<global::Demo.IChatEvents> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(), cancellationToken);

		/// <inheritdoc cref="M:Demo.IChatEvents.Count"/>
		[global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
		public static __tpl.Task<int> Count(this global::TypedSocketRedis.ISocketClient<global::Demo.IChatEvents> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAckAsync<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(), cancellationToken);
	}
