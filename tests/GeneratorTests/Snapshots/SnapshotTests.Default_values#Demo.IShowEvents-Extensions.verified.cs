	/// <summary>The events of <see cref="global::Demo.IShowEvents"/>, sent to a target.</summary>
	public static class ShowEventsExtensions
	{
		/// <inheritdoc cref="M:Demo.IShowEvents.Show(System.Int32,System.String,System.Nullable{Demo.Level},System.Double)"/>
		public static __tpl.ValueTask Show(this __tsr.IEventTarget<global::Demo.IShowEvents> target, int times = (int)(3), string? text = "x", global::Demo.Level? level = (global::Demo.Level)(1), double ratio = (double)(double.NaN), global::System.Threading.CancellationToken cancellationToken = default)
			=> target.SendAsync(new global::Demo.ShowEvents.Show(times, text, level, ratio), cancellationToken);
	}
