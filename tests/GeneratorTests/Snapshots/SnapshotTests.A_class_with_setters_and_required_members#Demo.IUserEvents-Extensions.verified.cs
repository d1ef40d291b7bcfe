	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class UserEventsExtensions
	{
		/// <inheritdoc cref="__contract.Seen"/>
		public static void Seen(this __tsr.IEventTarget<__contract> target, global::Demo.User user)
			=> target.Send(new global::Demo.UserEvents.Seen(user));
	}
