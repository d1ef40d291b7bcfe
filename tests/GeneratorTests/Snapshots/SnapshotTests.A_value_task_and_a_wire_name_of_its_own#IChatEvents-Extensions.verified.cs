/// <summary>The events of <see cref="global::IChatEvents"/>, sent to a target.</summary>
internal static class ChatEventsExtensions
{
	/// <inheritdoc cref="M:IChatEvents.Joined(System.Nullable{System.Int32})"/>
	public static __tpl.ValueTask Joined(this __tsr.IEventTarget<global::IChatEvents> target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
		=> target.SendAsync(new global::ChatEvents.Joined(id), cancellationToken);
}
