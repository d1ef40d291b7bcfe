	/// <summary>Decodes the events of <see cref="__contract"/> and calls a handler.</summary>
	internal sealed class EventsDispatcher : __tsr.EventDispatcher<__contract>
	{
		[global::System.Runtime.CompilerServices.ModuleInitializer]
		internal static void Register() => __tsr.EventDispatchers.Add<__contract>(new EventsDispatcher());

		public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "sent" };

		public override __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(__contract handler, __tsr.IncomingEvent incoming) => incoming.Name switch
		{
			"sent" => Event0(handler, incoming),
			_ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
		};

		private static __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(__contract handler, __tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader.CheckCount(incoming, 4);
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			byte[] argument0 = default!;
			global::System.Memory<byte> argument1 = default!;
			global::System.ReadOnlyMemory<byte> argument2 = default!;
			global::System.ArraySegment<byte> argument3 = default!;
			try
			{
				if (arguments.Next("a", isOptional: false)) argument0 = __tsr.ValueReader.ReadBytes(ref reader)!;
				if (arguments.Next("b", isOptional: false)) argument1 = __tsr.ValueReader.ReadWritableMemory(ref reader);
				if (arguments.Next("c", isOptional: false)) argument2 = __tsr.ValueReader.ReadMemory(ref reader);
				if (arguments.Next("d", isOptional: false)) argument3 = __tsr.ValueReader.ReadSegment(ref reader);
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Sent(argument0, argument1, argument2, argument3));
		}
	}
