using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Short forms of what tests do with a bus.</summary>
internal static class BusExtensions
{
    /// <summary>Subscribes a set with a name of its own.</summary>
    public static IBusSubscription Subscribe(this IRedisBus bus, RedisChannel probe, BusMessageHandler received) =>
        bus.Subscribe(new BusSet(probe.ToString(), probe), received);
}
