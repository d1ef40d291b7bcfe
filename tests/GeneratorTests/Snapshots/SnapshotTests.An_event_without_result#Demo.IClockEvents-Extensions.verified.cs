	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ClockEventsExtensions
	{
		/// <inheritdoc cref="__contract.Time"/>
		public static void Time(this __tsr.IEventTarget<__contract> target, global::System.DateTime now)
			=> target.Send(new global::Demo.ClockEvents.Time(now));
	}
