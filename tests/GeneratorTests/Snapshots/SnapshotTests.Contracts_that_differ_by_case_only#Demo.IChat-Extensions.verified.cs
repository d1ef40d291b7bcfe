	/// <summary>The events of <see cref="global::Demo.IChat"/>, sent to a target.</summary>
	public static class ChatExtensions
	{
		/// <inheritdoc cref="M:Demo.IChat.A"/>
		public static void A(this __tsr.IEventTarget<global::Demo.IChat> target)
			=> target.Send(new global::Demo.ChatEvents.A());
	}
