	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class QuizEventsExtensions
	{
		/// <inheritdoc cref="__contract.Ask"/>
		public static global::TypedSocketRedis.Acks<string?> Ask(this __tsr.IBroadcastTarget<__contract> target, string question, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.QuizEvents.Ask, string?>(new global::Demo.QuizEvents.Ask(question), cancellationToken);

		/// <inheritdoc cref="__contract.Ask"/>
		public static __tpl.Task<string?> Ask(this global::TypedSocketRedis.ISocketClient<__contract> target, string question, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAckAsync<global::Demo.QuizEvents.Ask, string?>(new global::Demo.QuizEvents.Ask(question), cancellationToken);
	}
