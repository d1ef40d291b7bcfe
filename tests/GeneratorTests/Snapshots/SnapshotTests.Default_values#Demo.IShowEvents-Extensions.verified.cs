	/// <summary>The events of <see cref="__contract"/>, sent to a target.</summary>
	public static class ShowEventsExtensions
	{
		/// <inheritdoc cref="__contract.Show"/>
		public static __tpl.ValueTask Show(this __tsr.IEventTarget<__contract> target, int times = (int)(3), string? text = "x", global::Demo.Level? level = (global::Demo.Level)(1), double ratio = (double)(double.NaN), global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ShowEvents.Show(times, text, level, ratio), cancellationToken);
	}
