using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Benchmarks;

/// <summary>Emitters over a sink without a server.</summary>
internal static class Emitters
{
    public static IEmitter<TEvents> Over<TEvents>(IBroadcastSink sink)
        where TEvents : class => new Emitter<TEvents>(new Source(sink), sink);

    private sealed class Source(IBroadcastSink sink) : IEmitterSource
    {
        public IBroadcastSink SinkOf(string path) => sink;
    }
}
