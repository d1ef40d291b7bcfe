	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="__contract.Sent"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<__contract> target, global::System.Int128 a, global::System.UInt128 b, global::System.Numerics.BigInteger c, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c), cancellationToken);
	}
