using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The log entries about messages from other nodes that are dropped or incomplete.</summary>
public class DroppedMessagesTests
{
    [Theory]
    [InlineData(1208)]
    [InlineData(1209)]
    [InlineData(1215)]
    [InlineData(1240)]
    [InlineData(1241)]
    [InlineData(1242)]
    public void A_frequent_occurrence_is_logged_once_per_minute(int id)
    {
        var (log, time) = (new RecordingLogger(), new FakeTimeProvider());
        using var metrics = new RedisMetrics();
        var dropped = new DroppedMessages("/", metrics, log, new LogGate(time));
        void Cause()
        {
            for (var i = 0; i < 20; i++) Once(dropped, id);
        }

        Cause();
        time.Advance(TimeSpan.FromSeconds(59));
        Cause();
        Assert.Equal([id], log.Ids);
        time.Advance(TimeSpan.FromSeconds(61));
        Cause();
        Assert.Equal([id, id], log.Ids);
    }

    private static void Once(DroppedMessages dropped, int id)
    {
        switch (id)
        {
            case 1208:
                dropped.Handle(5, () => DropReason.Size);
                break;
            case 1209:
                dropped.Handle(5, () => throw new NotSupportedException());
                break;
            case 1215:
                dropped.OfAnotherMode("node", ShardedSubscriptionMode.Static);
                break;
            case 1240:
                dropped.Incomplete(1, 2);
                break;
            case 1241:
                dropped.TooLarge(5);
                break;
            default:
                dropped.HandshakesLeftOut(1, 2);
                break;
        }
    }
}
