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
			__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
			global::System.Text.Json.JsonElement argument0 = default!;
			global::System.Text.Json.Nodes.JsonNode? argument1 = default!;
			object? argument2 = default!;
			global::TypedSocketRedis.SocketArgument argument3 = default!;
			try
			{
				if (arguments.NextOrNull("a")) argument0 = __tsr.DynamicReader.ReadJsonElement(ref reader);
				if (arguments.Next("b", isOptional: true)) argument1 = __tsr.DynamicReader.ReadJsonNode(ref reader);
				if (arguments.Next("c", isOptional: true)) argument2 = __tsr.DynamicReader.ReadObject(ref reader, options);
				if (arguments.NextOrNull("d")) argument3 = __tsr.DynamicReader.ReadSocketArgument(ref reader);
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Sent(argument0, argument1, argument2, argument3));
		}
	}
