	/// <summary>The events of <see cref="global::Demo.IClockEvents"/>, sent to a target.</summary>
	public static class ClockEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IClockEvents.Time(System.DateTime)"/>
		public static void Time(this __tsr.IEventTarget<global::Demo.IClockEvents> target, global::System.DateTime now)
			=> target.Send(new global::Demo.ClockEvents.Time(now));
	}
