	/// <summary>The events of <see cref="global::Größe.IÄnderungen"/>, sent to a target.</summary>
	public static class ÄnderungenExtensions
	{
		/// <inheritdoc cref="M:Größe.IÄnderungen.Größer(Größe.Maß)"/>
		public static void Größer(this __tsr.IEventTarget<global::Größe.IÄnderungen> target, global::Größe.Maß maß)
			=> target.Send(new global::Größe.ÄnderungenEvents.Größer(maß));
	}
