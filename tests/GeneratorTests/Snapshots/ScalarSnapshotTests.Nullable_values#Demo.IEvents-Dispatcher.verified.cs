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
			__tsr.EventDataReader.CheckCount(incoming, 9);
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			bool? argument0 = default!;
			int? argument1 = default!;
			decimal? argument2 = default!;
			string? argument3 = default!;
			global::System.Guid? argument4 = default!;
			global::System.DateTime? argument5 = default!;
			byte[]? argument6 = default!;
			global::System.ReadOnlyMemory<byte>? argument7 = default!;
			global::System.DayOfWeek? argument8 = default!;
			try
			{
				if (arguments.Next("a", isOptional: true)) argument0 = __tsr.ValueReader.ReadBoolean(ref reader);
				if (arguments.Next("b", isOptional: true)) argument1 = __tsr.ValueReader.ReadInt32(ref reader);
				if (arguments.Next("c", isOptional: true)) argument2 = __tsr.ValueReader.ReadDecimal(ref reader);
				if (arguments.Next("d", isOptional: true)) argument3 = __tsr.ValueReader.ReadString(ref reader);
				if (arguments.Next("e", isOptional: true)) argument4 = __tsr.ValueReader.ReadGuid(ref reader);
				if (arguments.Next("f", isOptional: true)) argument5 = __tsr.ValueReader.ReadDateTime(ref reader);
				if (arguments.Next("g", isOptional: true)) argument6 = __tsr.ValueReader.ReadBytes(ref reader);
				if (arguments.Next("h", isOptional: true)) argument7 = __tsr.ValueReader.ReadMemory(ref reader);
				if (arguments.Next("i", isOptional: true)) argument8 = __tsr.EnumReader.Read<global::System.DayOfWeek, int>(ref reader);
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Sent(argument0, argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8));
		}
	}
