	/// <summary>The events of <see cref="global::Demo.IUserEvents"/>, sent to a target.</summary>
	public static class UserEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IUserEvents.Seen(Demo.User)"/>
		public static void Seen(this __tsr.IEventTarget<global::Demo.IUserEvents> target, global::Demo.User user)
			=> target.Send(new global::Demo.UserEvents.Seen(user));
	}
