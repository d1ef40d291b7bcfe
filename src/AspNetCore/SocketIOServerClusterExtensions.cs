using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>What a server tells the other servers of its cluster.</summary>
public static class SocketIOServerClusterExtensions
{
    extension(SocketIOServer io)
    {
        /// <summary>The other servers of the cluster, as receivers of a contract's events.</summary>
        /// <typeparam name="TEvents">The contract; the servers that have its namespace receive.</typeparam>
        /// <returns>The receivers.</returns>
        /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
        /// <example><code>
        /// await io.Servers&lt;IClusterEvents&gt;().CacheDropped("prices");
        /// </code></example>
        public Servers<TEvents> Servers<TEvents>() => new(io.Of(Contract<TEvents>.Path).Adapter.Servers);
    }
}
