	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="__contract.Sent"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<__contract> target, bool? a, int? b, decimal? c, string? d, global::System.Guid? e, global::System.DateTime? f, byte[]? g, global::System.ReadOnlyMemory<byte>? h, global::System.DayOfWeek? i, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d, e, f, g, h, i), cancellationToken);
	}
