	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class IchatExtensions
	{
		/// <inheritdoc cref="__contract.B"/>
		public static void B(this __tsr.IEventTarget<__contract> target)
			=> target.Send(new global::Demo.IchatEvents.B());
	}
