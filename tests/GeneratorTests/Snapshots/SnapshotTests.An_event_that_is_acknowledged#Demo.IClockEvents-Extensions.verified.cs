	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ClockEventsExtensions
	{
		/// <inheritdoc cref="__contract.Who"/>
		public static global::TypedSocketRedis.Acks<string> Who(this __tsr.IBroadcastTarget<__contract> target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.ClockEvents.Who, string>(new global::Demo.ClockEvents.Who(id), cancellationToken);

		/// <inheritdoc cref="__contract.Who"/>
		public static __tpl.Task<string> Who(this global::TypedSocketRedis.ISocketClient<__contract> target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAckAsync<global::Demo.ClockEvents.Who, string>(new global::Demo.ClockEvents.Who(id), cancellationToken);
	}
