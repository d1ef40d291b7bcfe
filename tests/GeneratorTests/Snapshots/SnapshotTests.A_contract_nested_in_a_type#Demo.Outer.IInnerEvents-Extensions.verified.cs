	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	internal static class Outer_InnerEventsExtensions
	{
		/// <inheritdoc cref="__contract.A"/>
		public static void A(this __tsr.IEventTarget<__contract> target, int a)
			=> target.Send(new global::Demo.Outer_InnerEvents.A(a));
	}
