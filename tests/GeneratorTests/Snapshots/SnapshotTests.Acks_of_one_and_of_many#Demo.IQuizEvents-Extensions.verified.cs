	/// <summary>The events of <see cref="global::Demo.IQuizEvents"/>, sent to a target.</summary>
	public static class QuizEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IQuizEvents.Ask(System.String)"/>
		public static global::TypedSocketRedis.Acks<string?> Ask(this __tsr.IBroadcastTarget<global::Demo.IQuizEvents> target, string question, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.QuizEvents.Ask, string?>(new global::Demo.QuizEvents.Ask(question), cancellationToken);

		/// <inheritdoc cref="M:Demo.IQuizEvents.Ask(System.String)"/>
		public static __tpl.Task<string?> Ask(this global::TypedSocketRedis.ISocketClient<global::Demo.IQuizEvents> target, string question, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAckAsync<global::Demo.QuizEvents.Ask, string?>(new global::Demo.QuizEvents.Ask(question), cancellationToken);
	}
