	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ÄnderungenExtensions
	{
		/// <inheritdoc cref="__contract.Größer"/>
		public static void Größer(this __tsr.IEventTarget<__contract> target, global::Größe.Maß maß)
			=> target.Send(new global::Größe.ÄnderungenEvents.Größer(maß));
	}
