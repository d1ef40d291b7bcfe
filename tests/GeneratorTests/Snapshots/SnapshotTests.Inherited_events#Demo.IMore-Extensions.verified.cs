	/// <summary>The events of <see cref="global::Demo.IMore"/>, sent to a target.</summary>
	public static class MoreExtensions
	{
		/// <inheritdoc cref="M:Demo.IBase.First(System.Int32)"/>
		public static void First(this __tsr.IEventTarget<global::Demo.IMore> target, int a)
			=> target.Send(new global::Demo.MoreEvents.First(a));

		/// <inheritdoc cref="M:Demo.IMore.Second(System.Int32)"/>
		public static void Second(this __tsr.IEventTarget<global::Demo.IMore> target, int a)
			=> target.Send(new global::Demo.MoreEvents.Second(a));
	}
