/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
internal static class ChatEventsExtensions
{
	/// <inheritdoc cref="__contract.Joined"/>
	public static __tpl.ValueTask Joined(this __tsr.IEventTarget<__contract> target, int? id, global::System.Threading.CancellationToken cancellationToken = default)
		=> target.SendAsync(new global::ChatEvents.Joined(id), cancellationToken);
}
