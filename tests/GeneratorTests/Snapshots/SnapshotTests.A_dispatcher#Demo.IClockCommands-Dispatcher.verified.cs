	/// <summary>Decodes the events of <see cref="__contract"/> and calls a handler.</summary>
	internal sealed class ClockCommandsDispatcher : __tsr.EventDispatcher<__contract>
	{
		[global::System.Runtime.CompilerServices.ModuleInitializer]
		internal static void Register() => __tsr.EventDispatchers.Add<__contract>(new ClockCommandsDispatcher());

		public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "join" };

		public override __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(__contract handler, __tsr.IncomingEvent incoming) => incoming.Name switch
		{
			"join" => Event0(handler, incoming),
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
				if (arguments.Next("room", isOptional: false)) argument0 = __tsr.ValueReader.ReadString(ref reader)!;
			}
			catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
			{
				throw arguments.Refused(exception);
			}

			return __tsr.EventAck.Of(handler.Join(argument0, incoming.CancellationToken), incoming.ExpectsAck, static (ref __msg.MessagePackWriter writer, int value) =>
			{
				__tsr.ValueWriter.Write(ref writer, value);
			});
		}

		public override __contract CreateClient(__tsr.ICommandTarget target) => new CommandClient(target);

		private sealed class CommandClient(__tsr.ICommandTarget target) : __contract
		{
			private readonly __tsr.ICommandTarget _target = target;

			global::System.Threading.Tasks.Task<int> __contract.Join(string room, global::System.Threading.CancellationToken cancellationToken)
			{
				return this._target.SendAsync<__contract, ClockCommandsEvents.Join, int>(new ClockCommandsEvents.Join(room), cancellationToken);
			}
		}

		/// <summary>The events of <see cref="__contract"/> as values.</summary>
		private static class ClockCommandsEvents
		{
			/// <summary>The event <see cref="__contract.Join"/> with its arguments.</summary>
			public readonly record struct Join(string Room) : __tsr.ISocketEvent<__contract, int>
			{
				void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
				{
					writer.Begin("join"u8, 1);
					__tsr.ValueWriter.Write(ref writer.Writer, this.Room);
				}

				int __tsr.ISocketEvent<__contract, int>.ReadAck(ref __msg.MessagePackReader reader, __msg.MessagePackSerializerOptions options)
				{
					__tsr.EventDataReader.Require(ref reader);
					return __tsr.ValueReader.ReadInt32(ref reader);
				}
			}
		}
	}
