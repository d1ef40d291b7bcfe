	/// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IEvents.Sent(System.Nullable{System.Boolean},System.Nullable{System.Int32},System.Nullable{System.Decimal},System.String,System.Nullable{System.Guid},System.Nullable{System.DateTime},System.Byte[],System.Nullable{System.ReadOnlyMemory{System.Byte}},System.Nullable{System.DayOfWeek})"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<global::Demo.IEvents> target, bool? a, int? b, decimal? c, string? d, global::System.Guid? e, global::System.DateTime? f, byte[]? g, global::System.ReadOnlyMemory<byte>? h, global::System.DayOfWeek? i, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d, e, f, g, h, i), cancellationToken);
	}
