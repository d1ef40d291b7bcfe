	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class TreeEventsExtensions
	{
		/// <inheritdoc cref="__contract.Grown"/>
		public static void Grown(this __tsr.IEventTarget<__contract> target, global::Demo.Node root)
			=> target.Send(new global::Demo.TreeEvents.Grown(root));
	}
