	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ChatExtensions
	{
		/// <inheritdoc cref="__contract.A"/>
		public static void A(this __tsr.IEventTarget<__contract> target)
			=> target.Send(new global::Demo.ChatEvents.A());
	}
