	/// <summary>The events of <see cref="global::Demo.IPriceEvents"/>, sent to a target.</summary>
	public static class PriceEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IPriceEvents.Changed(Demo.Price)"/>
		public static void Changed(this __tsr.IEventTarget<global::Demo.IPriceEvents> target, global::Demo.Price price)
			=> target.Send(new global::Demo.PriceEvents.Changed(price));
	}
