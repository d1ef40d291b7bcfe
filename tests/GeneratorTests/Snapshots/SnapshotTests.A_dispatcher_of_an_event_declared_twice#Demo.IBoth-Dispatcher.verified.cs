	/// <summary>Decodes the events of <see cref="__contract"/> and calls a handler.</summary>
	internal sealed class BothDispatcher : __tsr.EventDispatcher<__contract>
	{
		[global::System.Runtime.CompilerServices.ModuleInitializer]
		internal static void Register() => __tsr.EventDispatchers.Add<__contract>(new BothDispatcher());

		public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "stop" };

		public override __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(__contract handler, __tsr.IncomingEvent incoming) => incoming.Name switch
		{
			"stop" => Event0(handler, incoming),
			_ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
		};

		private static __tpl.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(__contract handler, __tsr.IncomingEvent incoming)
		{
			__tsr.EventDataReader.CheckCount(incoming, 0);
			return __tsr.EventAck.Of(((global::Demo.IOne)handler).Stop());
		}

		public override __contract CreateClient(__tsr.ICommandTarget target) => new CommandClient(target);

		private sealed class CommandClient(__tsr.ICommandTarget target) : __contract
		{
			private readonly __tsr.ICommandTarget _target = target;

			global::System.Threading.Tasks.Task global::Demo.ITwo.Stop()
			{
				return this._target.SendAsync<__contract, BothEvents.Stop>(new BothEvents.Stop(), global::System.Threading.CancellationToken.None);
			}

			global::System.Threading.Tasks.Task global::Demo.IOne.Stop()
			{
				return this._target.SendAsync<__contract, BothEvents.Stop>(new BothEvents.Stop(), global::System.Threading.CancellationToken.None);
			}
		}

		/// <summary>The events of <see cref="__contract"/> as values.</summary>
		private static class BothEvents
		{
			/// <summary>The event <see cref="M:Demo.IOne.Stop"/> with its arguments.</summary>
			public readonly record struct Stop() : __tsr.ISocketEvent<__contract>
			{
				void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
				{
					writer.Begin("stop"u8, 0);
				}
			}
		}
	}
