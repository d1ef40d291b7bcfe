	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ClusterEventsExtensions
	{
		/// <inheritdoc cref="__contract.Changed"/>
		public static __tpl.ValueTask Changed(this __tsr.IEventTarget<__contract> target, string key, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ClusterEvents.Changed(key), cancellationToken);

		/// <inheritdoc cref="__contract.Where"/>
		public static global::TypedSocketRedis.Acks<global::Demo.Zone?> Where(this __tsr.IBroadcastTarget<__contract> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.ClusterEvents.Where, global::Demo.Zone?>(new global::Demo.ClusterEvents.Where(), cancellationToken);
	}
