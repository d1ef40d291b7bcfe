using StackExchange.Redis;

namespace Clock;

/// <summary>The emitter's connection to Redis, which reports an unreachable Redis on the console.</summary>
internal static class RedisLink
{
    public static async Task<ConnectionMultiplexer> ConnectAsync(string address, CancellationToken stop)
    {
        var options = ConfigurationOptions.Parse(address);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1_000;
        var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(stop);
        if (!redis.IsConnected)
            Console.WriteLine($"  Redis at {address} is not reachable: the nodes serve their own clients, ticks start when it appears.");
        return redis;
    }
}
