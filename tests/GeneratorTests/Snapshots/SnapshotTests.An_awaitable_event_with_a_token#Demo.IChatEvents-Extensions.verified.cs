	/// <summary>The events of <see cref="global::Demo.IChatEvents"/>, sent to a target.</summary>
	public static class ChatEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IChatEvents.Said(System.String,System.Threading.CancellationToken)"/>
		public static __tpl.ValueTask Said(this __tsr.IEventTarget<global::Demo.IChatEvents> target, string text, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ChatEvents.Said(text), cancellationToken);
	}
