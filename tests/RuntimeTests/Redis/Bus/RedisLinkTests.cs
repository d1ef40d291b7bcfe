using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The events of a connection, which can be the application's and outlive the link.</summary>
public sealed class RedisLinkTests
{
    [Fact]
    public void A_link_that_is_no_longer_followed_leaves_no_handler_behind()
    {
        var handlers = new Dictionary<string, Delegate?>(StringComparer.Ordinal);
        var multiplexer = Fake.Of<IConnectionMultiplexer>((method, arguments) =>
        {
            var (change, name) = (method.Name.Split('_')[0], method.Name.Split('_')[^1]);
            var (before, handler) = (handlers.GetValueOrDefault(name), (Delegate)arguments![0]!);
            handlers[name] = change == "add" ? Delegate.Combine(before, handler) : Delegate.Remove(before, handler);
            return null;
        });
        var moves = 0;
        var link = RedisLink.Of(multiplexer);
        var events = new LinkEvents((_, _) => { }, (_, _) => { }, (_, _) => { }, (_, _) => moves++);

        link.Follow(events);
        Assert.Equal(5, handlers.Values.OfType<Delegate>().Count());
        handlers[nameof(IConnectionMultiplexer.HashSlotMoved)]!.DynamicInvoke(null, null);
        handlers[nameof(IConnectionMultiplexer.ConfigurationChanged)]!.DynamicInvoke(null, null);
        Assert.Equal(2, moves);

        link.Unfollow(events);
        Assert.Empty(handlers.Values.OfType<Delegate>());
    }
}
