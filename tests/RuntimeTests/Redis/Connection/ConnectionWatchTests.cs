using System.Net;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The timer that watches a connection.</summary>
public sealed class ConnectionWatchTests
{
    private const int OperationFailed = 1210;

    [Fact]
    public async Task A_connection_of_the_application_that_throws_does_not_end_the_process()
    {
        var (log, time) = (new RecordingLogger(), new FakeTimeProvider());
        using var metrics = new RedisMetrics();
        var multiplexer = Fake.Of<IConnectionMultiplexer>((method, _) => method.Name switch
        {
            nameof(IConnectionMultiplexer.GetEndPoints) => Array.Empty<EndPoint>(),
            "get_IsConnected" => throw new ObjectDisposedException("multiplexer"),
            _ => null,
        });
        await using var connection = RedisConnection.Over(
            multiplexer, new PinnedTopology(), BusTimings.Default with { Clock = time }, metrics, log);

        connection.Watch();
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(log.Count(OperationFailed), 10, 11);
    }
}
