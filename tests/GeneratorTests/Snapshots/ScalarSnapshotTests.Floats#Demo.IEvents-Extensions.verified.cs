	/// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IEvents.Sent(System.Half,System.Single,System.Double,System.Decimal)"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<global::Demo.IEvents> target, global::System.Half a, float b, double c, decimal d, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d), cancellationToken);
	}
