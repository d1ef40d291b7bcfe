	/// <summary>Decodes the events of <see cref="__contract"/> and calls a handler.</summary>
	internal sealed class ShowEventsDispatcher : __tsr.EventDispatcher<__contract>
	{
		[global::System.Runtime.CompilerServices.ModuleInitializer]
		internal static void Register() => __tsr.EventDispatchers.Add<__contract>(new ShowEventsDispatcher());

		public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "show" };

		public override __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(__contract handler, __tsr.IncomingEvent incoming) => incoming.Name switch
		{
			"show" => Event0(handler, incoming),
			_ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
		};

		private static __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(__contract handler, __tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader.CheckCount(incoming, 4);
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			int argument0 = (int)(3);
			string? argument1 = "x";
			global::Demo.Level? argument2 = (global::Demo.Level)(1);
			double argument3 = (double)(double.NaN);
			try
			{
				if (arguments.Next("times", isOptional: true)) argument0 = __tsr.ValueReader.ReadInt32(ref reader);
				if (arguments.Next("text", isOptional: true)) argument1 = __tsr.ValueReader.ReadString(ref reader);
				if (arguments.Next("level", isOptional: true)) argument2 = __tsr.EnumReader.Read<global::Demo.Level, int>(ref reader);
				if (arguments.Next("ratio", isOptional: true)) argument3 = __tsr.ValueReader.ReadDouble(ref reader);
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Show(argument0, argument1, argument2, argument3));
		}
	}
