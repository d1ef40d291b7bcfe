	/// <summary>The events of <see cref="global::Demo.Ichat"/>, sent to a target.</summary>
	public static class IchatExtensions
	{
		/// <inheritdoc cref="M:Demo.Ichat.B"/>
		public static void B(this __tsr.IEventTarget<global::Demo.Ichat> target)
			=> target.Send(new global::Demo.IchatEvents.B());
	}
