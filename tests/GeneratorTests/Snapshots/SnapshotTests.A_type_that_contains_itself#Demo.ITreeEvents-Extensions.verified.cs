	/// <summary>The events of <see cref="global::Demo.ITreeEvents"/>, sent to a target.</summary>
	public static class TreeEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.ITreeEvents.Grown(Demo.Node)"/>
		public static void Grown(this __tsr.IEventTarget<global::Demo.ITreeEvents> target, global::Demo.Node root)
			=> target.Send(new global::Demo.TreeEvents.Grown(root));
	}
