	/// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IEvents.Sent(System.Uri,System.Version,System.Guid)"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<global::Demo.IEvents> target, global::System.Uri a, global::System.Version b, global::System.Guid c, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c), cancellationToken);
	}
