	/// <summary>The events of <see cref="global::Demo.Outer.IInnerEvents"/>, sent to a target.</summary>
	internal static class Outer_InnerEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.Outer.IInnerEvents.A(System.Int32)"/>
		public static void A(this __tsr.IEventTarget<global::Demo.Outer.IInnerEvents> target, int a)
			=> target.Send(new global::Demo.Outer_InnerEvents.A(a));
	}
