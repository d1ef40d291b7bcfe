using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>Messages from a server to the other servers of its cluster.</summary>
public static class SocketIOServerClusterExtensions
{
    extension(SocketIOServer io)
    {
        /// <summary>Returns the other servers of the cluster, as receivers of a contract's events.</summary>
        /// <typeparam name="TEvents">The contract; servers that have its namespace receive the events.</typeparam>
        /// <returns>The receivers.</returns>
        /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
        /// <example><code>
        /// await io.Servers&lt;IClusterEvents&gt;().CacheDropped("prices");
        /// </code></example>
        public Servers<TEvents> Servers<TEvents>() => new(io.Of(Contract<TEvents>.Path).Adapter.Servers);
    }
}
