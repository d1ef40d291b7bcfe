	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class MoreExtensions
	{
		/// <inheritdoc cref="global::Demo.IBase.First"/>
		public static void First(this __tsr.IEventTarget<__contract> target, int a)
			=> target.Send(new global::Demo.MoreEvents.First(a));

		/// <inheritdoc cref="__contract.Second"/>
		public static void Second(this __tsr.IEventTarget<__contract> target, int a)
			=> target.Send(new global::Demo.MoreEvents.Second(a));
	}
