	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class PriceEventsExtensions
	{
		/// <inheritdoc cref="__contract.Changed"/>
		public static void Changed(this __tsr.IEventTarget<__contract> target, global::Demo.Price price)
			=> target.Send(new global::Demo.PriceEvents.Changed(price));
	}
