	/// <summary>The events of <see cref="global::Demo.ILevelEvents"/>, sent to a target.</summary>
	public static class LevelEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.ILevelEvents.Levels(System.Collections.Generic.Dictionary{System.String,System.Nullable{Demo.Level}})"/>
		public static void Levels(this __tsr.IEventTarget<global::Demo.ILevelEvents> target, global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> levels)
			=> target.Send(new global::Demo.LevelEvents.Levels(levels));
	}
