using StackExchange.Redis;
using TypedSocketRedis;

namespace Clock;

/// <summary>A sender of the time, whose emitter needs only a connection to Redis and no server.</summary>
internal static class Ticker
{
    public static async Task RunAsync(IConnectionMultiplexer redis, CancellationToken stop)
    {
        IEmitter<IClockEvents> clock = new RedisEmitter(redis).Of<IClockEvents>();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await second.WaitForNextTickAsync(stop))
        {
            foreach (var zone in Zones.All)
                clock.To(zone).Time(zone, DateTime.UtcNow);
        }
    }
}
