using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A connection on which a set of subscriptions is probed, and nothing behind it.</summary>
internal sealed class FakeConnection
{
    private readonly ISubscriber _subscriber;
    private int _publishes;
    private int _pings;

    public FakeConnection()
    {
        _subscriber = FakeCluster.Fake<ISubscriber>((method, arguments) => method.Name switch
        {
            nameof(ISubscriber.PublishAsync) => PublishAsync((RedisChannel)arguments![0]!),
            nameof(ISubscriber.PingAsync) => PingAsync(),
            _ => throw new NotSupportedException(method.Name),
        });
        Multiplexer = FakeCluster.Fake<IConnectionMultiplexer>((method, _) => method.Name switch
        {
            "get_IsConnected" => true,
            "get_Configuration" => "",
            nameof(IConnectionMultiplexer.GetEndPoints) => Array.Empty<EndPoint>(),
            nameof(IConnectionMultiplexer.GetSubscriber) => _subscriber,
            _ when method.IsSpecialName && method.ReturnType == typeof(void) => null,
            _ => throw new NotSupportedException(method.Name),
        });
    }

    public IConnectionMultiplexer Multiplexer { get; }

    /// <summary>Called for each published message.</summary>
    public Action<RedisChannel> Published { get; init; } = static _ => { };

    /// <summary>True if the connection replies to a PING.</summary>
    public bool IsAnswering { get; init; } = true;

    /// <summary>The number of published messages.</summary>
    public int Publishes => Volatile.Read(ref _publishes);

    /// <summary>The number of PINGs.</summary>
    public int Pings => Volatile.Read(ref _pings);

    private Task<long> PublishAsync(RedisChannel channel)
    {
        Interlocked.Increment(ref _publishes);
        Published(channel);
        return Task.FromResult(1L);
    }

    private Task<TimeSpan> PingAsync()
    {
        Interlocked.Increment(ref _pings);
        return IsAnswering ? Task.FromResult(TimeSpan.Zero) : new TaskCompletionSource<TimeSpan>().Task;
    }
}
