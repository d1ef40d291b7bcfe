	/// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IEvents.Sent(System.Int128,System.UInt128,System.Numerics.BigInteger)"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<global::Demo.IEvents> target, global::System.Int128 a, global::System.UInt128 b, global::System.Numerics.BigInteger c, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c), cancellationToken);
	}
