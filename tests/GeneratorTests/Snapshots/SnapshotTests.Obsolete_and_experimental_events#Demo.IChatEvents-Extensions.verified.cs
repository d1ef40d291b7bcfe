	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ChatEventsExtensions
	{
		/// <inheritdoc cref="__contract.Said"/>
		[global::System.ObsoleteAttribute("gone")]
		public static void Said(this __tsr.IEventTarget<__contract> target, string text)
			=> target.Send(new global::Demo.ChatEvents.Said(text));

		/// <inheritdoc cref="__contract.Count"/>
		[global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
		public static global::TypedSocketRedis.Acks<int> Count(this __tsr.IBroadcastTarget<__contract> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(), cancellationToken);

		/// <inheritdoc cref="__contract.Count"/>
		[global::System.Diagnostics.CodeAnalysis.ExperimentalAttribute("EXP1")]
		public static __tpl.Task<int> Count(this global::TypedSocketRedis.ISocketClient<__contract> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAckAsync<global::Demo.ChatEvents.Count, int>(new global::Demo.ChatEvents.Count(), cancellationToken);
	}
