	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class OddEventsExtensions
	{
		/// <inheritdoc cref="__contract.Odd"/>
		public static void Odd(this __tsr.IEventTarget<__contract> target_, int target, int data, bool @class, params string[] rest)
			=> target_.Send(new global::Demo.OddEvents.Odd(target, data, @class, rest));
	}
