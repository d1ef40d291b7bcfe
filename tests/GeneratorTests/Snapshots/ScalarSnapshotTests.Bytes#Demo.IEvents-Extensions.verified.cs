	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="__contract.Sent"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<__contract> target, byte[] a, global::System.Memory<byte> b, global::System.ReadOnlyMemory<byte> c, global::System.ArraySegment<byte> d, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d), cancellationToken);
	}
