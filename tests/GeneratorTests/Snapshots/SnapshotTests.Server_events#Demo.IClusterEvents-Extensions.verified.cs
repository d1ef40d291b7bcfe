	/// <summary>The events of <see cref="global::Demo.IClusterEvents"/>, sent to a target.</summary>
	public static class ClusterEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IClusterEvents.Changed(System.String)"/>
		public static __tpl.ValueTask Changed(this __tsr.IEventTarget<global::Demo.IClusterEvents> target, string key, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ClusterEvents.Changed(key), cancellationToken);

		/// <inheritdoc cref="M:Demo.IClusterEvents.Where(System.Threading.CancellationToken)"/>
		public static global::TypedSocketRedis.Acks<global::Demo.Zone?> Where(this __tsr.IBroadcastTarget<global::Demo.IClusterEvents> target, global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendWithAck<global::Demo.ClusterEvents.Where, global::Demo.Zone?>(new global::Demo.ClusterEvents.Where(), cancellationToken);
	}
