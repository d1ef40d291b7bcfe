    /// <summary>Decodes the events of <see cref="global::Demo.IBoth"/> and calls a handler.</summary>
    internal sealed class BothDispatcher : global::TypedSocketRedis.CompilerServices.EventDispatcher<global::Demo.IBoth>
    {
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Register() => global::TypedSocketRedis.CompilerServices.EventDispatchers.Add<global::Demo.IBoth>(new BothDispatcher());

        public override global::System.Collections.Generic.IReadOnlyList<string> Events { get; } = new string[] { "stop" };

        public override global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> DispatchAsync(global::Demo.IBoth handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming) => incoming.Name switch
        {
            "stop" => Event0(handler, incoming),
            _ => throw new global::System.ArgumentException(incoming.Name, "incoming"),
        };

        private static global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>> Event0(global::Demo.IBoth handler, global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader.CheckCount(incoming, 0);
            return global::TypedSocketRedis.CompilerServices.EventAck.Of(((global::Demo.IOne)handler).Stop());
        }

        public override global::Demo.IBoth CreateClient(global::TypedSocketRedis.CompilerServices.ICommandTarget target) => new CommandClient(target);

        private sealed class CommandClient(global::TypedSocketRedis.CompilerServices.ICommandTarget target) : global::Demo.IBoth
        {
            private readonly global::TypedSocketRedis.CompilerServices.ICommandTarget _target = target;

            global::System.Threading.Tasks.Task global::Demo.ITwo.Stop()
            {
                return this._target.SendAsync<global::Demo.IBoth, BothEvents.Stop>(new BothEvents.Stop(), global::System.Threading.CancellationToken.None);
            }

            global::System.Threading.Tasks.Task global::Demo.IOne.Stop()
            {
                return this._target.SendAsync<global::Demo.IBoth, BothEvents.Stop>(new BothEvents.Stop(), global::System.Threading.CancellationToken.None);
            }
        }

        /// <summary>The events of <see cref="global::Demo.IBoth"/> as values.</summary>
        private static class BothEvents
        {
            /// <summary>The event <see cref="M:Demo.IOne.Stop"/> with its arguments.</summary>
            public readonly record struct Stop() : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IBoth>
            {
                void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.IBoth>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
                {
                    writer.Begin("stop"u8, 0);
                }
            }
        }
    }
