	/// <summary>The events of <see cref="global::Demo.IOddEvents"/>, sent to a target.</summary>
	public static class OddEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IOddEvents.Odd(System.Int32,System.Int32,System.Boolean,System.String[])"/>
		public static void Odd(this __tsr.IEventTarget<global::Demo.IOddEvents> target_, int target, int data, bool @class, params string[] rest)
			=> target_.Send(new global::Demo.OddEvents.Odd(target, data, @class, rest));
	}
