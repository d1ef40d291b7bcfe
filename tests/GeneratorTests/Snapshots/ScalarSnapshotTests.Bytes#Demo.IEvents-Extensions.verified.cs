	/// <summary>The events of <see cref="global::Demo.IEvents"/>, sent to a target.</summary>
	public static class EventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IEvents.Sent(System.Byte[],System.Memory{System.Byte},System.ReadOnlyMemory{System.Byte},System.ArraySegment{System.Byte})"/>
		public static __tpl.ValueTask Sent(this __tsr.IEventTarget<global::Demo.IEvents> target, byte[] a, global::System.Memory<byte> b, global::System.ReadOnlyMemory<byte> c, global::System.ArraySegment<byte> d, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.Events.Sent(a, b, c, d), cancellationToken);
	}
