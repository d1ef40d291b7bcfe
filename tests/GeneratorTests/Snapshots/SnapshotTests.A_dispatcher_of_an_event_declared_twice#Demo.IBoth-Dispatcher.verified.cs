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
            return global::TypedSocketRedis.CompilerServices.EventAck.Of(((global::Demo.IOne)handler).Stop());
        }
    }
