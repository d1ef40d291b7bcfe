	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="__contract.Sent"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<__contract> target, bool a, sbyte b, byte c, short d, ushort e, int f, uint g, long h, ulong i, global::System.IntPtr j, global::System.UIntPtr k, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d, e, f, g, h, i, j, k), cancellationToken);
	}
