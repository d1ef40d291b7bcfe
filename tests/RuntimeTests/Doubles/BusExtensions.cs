using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Extension methods of a bus for tests.</summary>
internal static class BusExtensions
{
    /// <summary>Creates a subscription with the name of its probe channel.</summary>
    public static IBusSubscription Subscribe(this IRedisBus bus, RedisChannel probe, BusMessageHandler received) =>
        bus.Subscribe(new BusSet(probe.ToString(), probe), received);
}
