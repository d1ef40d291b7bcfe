	/// <summary>The events of <see cref="global::Demo.IClockEvents"/>, sent to a target.</summary>
	public static class ClockEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IClockEvents.Who(System.Nullable{System.Int32},System.Threading.CancellationToken)"/>
		public static global::TypedSocketRedis.Acks<string> Who(this __tsr.IBroadcastTarget<global::Demo.IClockEvents> target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.ClockEvents.Who, string>(new global::Demo.ClockEvents.Who(id), cancellationToken);

		/// <inheritdoc cref="M:Demo.IClockEvents.Who(System.Nullable{System.Int32},System.Threading.CancellationToken)"/>
		public static __tpl.Task<string> Who(this global::TypedSocketRedis.ISocketClient<global::Demo.IClockEvents> target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAckAsync<global::Demo.ClockEvents.Who, string>(new global::Demo.ClockEvents.Who(id), cancellationToken);
	}
