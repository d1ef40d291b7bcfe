	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class BothExtensions
	{
		/// <inheritdoc cref="M:Demo.ITwo.Stop"/>
		public static __tpl.ValueTask Stop(this __tsr.IEventTarget<__contract> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.BothEvents.Stop(), cancellationToken);
	}
