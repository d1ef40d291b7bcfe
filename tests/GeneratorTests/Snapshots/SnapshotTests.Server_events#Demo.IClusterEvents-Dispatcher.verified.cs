	/// <summary>Decodes the events of <see cref="__contract"/> and calls a handler.</summary>
	internal sealed class ClusterEventsDispatcher : __tsr.EventDispatcher<__contract>
	{
		[global::System.Runtime.CompilerServices.ModuleInitializer]
		internal static void Register() => __tsr.EventDispatchers.Add<__contract>(new ClusterEventsDispatcher());

		public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "changed", "where" };

		public override __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(__contract handler, __tsr.IncomingEvent incoming) => incoming.Name switch
		{
			"changed" => Event0(handler, incoming),
			"where" => Event1(handler, incoming),
			_ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
		};

		private static __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(__contract handler, __tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader.CheckCount(incoming, 1);
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			string argument0 = default!;
			try
			{
				if (arguments.Next("key", isOptional: false)) argument0 = __tsr.ValueReader.ReadString(ref reader)!;
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Changed(argument0));
		}

		private static __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> Event1(__contract handler, __tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader.CheckCount(incoming, 0);
			return __tsr.EventAck.Of(handler.Where(incoming.CancellationToken), incoming.ExpectsAck, static (ref __msg.MessagePackWriter writer, global::Demo.Zone? value) =>
			{
				__gen.Demo_ZoneFormatter.Write(ref writer, value, 1);
			});
		}
	}
