	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class LevelEventsExtensions
	{
		/// <inheritdoc cref="__contract.Levels"/>
		public static void Levels(this __tsr.IEventTarget<__contract> target, global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> levels)
			=> target.Send(new global::Demo.LevelEvents.Levels(levels));
	}
