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
			__tsr.EventDataReader.CheckCount(incoming, 11);
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			bool argument0 = default!;
			sbyte argument1 = default!;
			byte argument2 = default!;
			short argument3 = default!;
			ushort argument4 = default!;
			int argument5 = default!;
			uint argument6 = default!;
			long argument7 = default!;
			ulong argument8 = default!;
			global::System.IntPtr argument9 = default!;
			global::System.UIntPtr argument10 = default!;
			try
			{
				if (arguments.Next("a", isOptional: false)) argument0 = __tsr.ValueReader.ReadBoolean(ref reader);
				if (arguments.Next("b", isOptional: false)) argument1 = __tsr.ValueReader.ReadSByte(ref reader);
				if (arguments.Next("c", isOptional: false)) argument2 = __tsr.ValueReader.ReadByte(ref reader);
				if (arguments.Next("d", isOptional: false)) argument3 = __tsr.ValueReader.ReadInt16(ref reader);
				if (arguments.Next("e", isOptional: false)) argument4 = __tsr.ValueReader.ReadUInt16(ref reader);
				if (arguments.Next("f", isOptional: false)) argument5 = __tsr.ValueReader.ReadInt32(ref reader);
				if (arguments.Next("g", isOptional: false)) argument6 = __tsr.ValueReader.ReadUInt32(ref reader);
				if (arguments.Next("h", isOptional: false)) argument7 = __tsr.ValueReader.ReadInt64(ref reader);
				if (arguments.Next("i", isOptional: false)) argument8 = __tsr.ValueReader.ReadUInt64(ref reader);
				if (arguments.Next("j", isOptional: false)) argument9 = __tsr.ValueReader.ReadIntPtr(ref reader);
				if (arguments.Next("k", isOptional: false)) argument10 = __tsr.ValueReader.ReadUIntPtr(ref reader);
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Sent(argument0, argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8, argument9, argument10));
		}
	}
