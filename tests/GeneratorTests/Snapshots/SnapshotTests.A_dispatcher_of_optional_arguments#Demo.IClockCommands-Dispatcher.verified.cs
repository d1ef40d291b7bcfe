	/// <summary>Decodes the events of <see cref="__contract"/> and calls a handler.</summary>
	internal sealed class ClockCommandsDispatcher : __tsr.EventDispatcher<__contract>
	{
		[global::System.Runtime.CompilerServices.ModuleInitializer]
		internal static void Register() => __tsr.EventDispatchers.Add<__contract>(new ClockCommandsDispatcher());

		public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "show" };

		public override __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(__contract handler, __tsr.IncomingEvent incoming) => incoming.Name switch
		{
			"show" => Event0(handler, incoming),
			_ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
		};

		private static __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(__contract handler, __tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader.CheckCount(incoming, 3);
			__tsr.EventDataReader arguments = new(incoming);
			ref __msg.MessagePackReader reader = ref arguments.Reader;
			__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
			string? argument0 = default!;
			int argument1 = (int)(3);
			string[] argument2 = [];
			try
			{
				if (arguments.Next("text", isOptional: true)) argument0 = __tsr.ValueReader.ReadString(ref reader);
				if (arguments.Next("times", isOptional: true)) argument1 = __tsr.ValueReader.ReadInt32(ref reader);
				if (arguments.Next("rest", isOptional: true)) argument2 = __gen.Array_1Of_StringFormatter.Instance.Deserialize(ref reader, options)!;
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Show(argument0, argument1, argument2));
		}

		public override __contract CreateClient(__tsr.ICommandTarget target) => new CommandClient(target);

		private sealed class CommandClient(__tsr.ICommandTarget target) : __contract
		{
			private readonly __tsr.ICommandTarget _target = target;

			global::System.Threading.Tasks.Task __contract.Show(string? text, int times, string[] rest)
			{
				return this._target.SendAsync<__contract, ClockCommandsEvents.Show>(new ClockCommandsEvents.Show(text, times, rest), global::System.Threading.CancellationToken.None);
			}
		}

		/// <summary>The events of <see cref="__contract"/> as values.</summary>
		private static class ClockCommandsEvents
		{
			/// <summary>The event <see cref="__contract.Show"/> with its arguments.</summary>
			public readonly record struct Show(string? Text, int Times, string[] Rest) : __tsr.ISocketEvent<__contract>
			{
				void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
				{
					writer.Begin("show"u8, 3);
					__tsr.ValueWriter.Write(ref writer.Writer, this.Text);
					__tsr.ValueWriter.Write(ref writer.Writer, this.Times);
					__gen.Array_1Of_StringFormatter.Write(ref writer.Writer, this.Rest, 1);
				}
			}
		}
	}
