	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ChatEventsExtensions
	{
		/// <inheritdoc cref="__contract.Said"/>
		public static __tpl.ValueTask Said(this __tsr.IEventTarget<__contract> target, string text, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ChatEvents.Said(text), cancellationToken);
	}
