using TypedSocketRedis.Engine;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The order of deadlines by due time, independent of the order in which they were started.</summary>
public class DeadlineQueueTests
{
    private const int Sessions = 100_000;

    [Fact]
    public void Deadlines_added_out_of_order_are_placed_in_logarithmic_time()
    {
        var queue = new DeadlineQueue(Deadline.Pong);
        foreach (var due in Shuffled(Sessions, seed: 1)) queue.Add(new TestDeadline(), due);

        // Once the last deadline has been added, every further one is out of order.
        Assert.InRange(queue.Steps, 1, Sessions * 17L);
        Assert.Equal(Enumerable.Range(0, Sessions).Select(due => (long)due), Drained(queue));
        Assert.InRange(queue.Steps, 1, 2 * Sessions * 17L);
    }

    [Fact]
    public void Deadlines_in_order_take_no_steps()
    {
        var queue = new DeadlineQueue(Deadline.Ping);
        for (var due = 0; due < Sessions; due++) queue.Add(new TestDeadline(), due);
        Assert.Equal(Sessions, Drained(queue).Count);
        Assert.Equal(0, queue.Steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Restarted_and_stopped_deadlines_leave_the_others_in_order(int seed)
    {
        var random = new Random(seed);
        var queue = new DeadlineQueue(Deadline.Pong);
        var waiting = new List<DeadlineEntry>();
        for (var i = 0; i < 5_000; i++)
        {
            var entry = waiting.Count > 0 && random.Next(2) == 0 ? waiting[random.Next(waiting.Count)] : new TestDeadline();
            queue.Remove(entry);
            waiting.Remove(entry);
            if (random.Next(4) == 0) continue;
            queue.Add(entry, random.Next(1_000));
            waiting.Add(entry);
            Assert.Equal(waiting.Min(one => one.Due), queue.First?.Due);
        }

        Assert.Equal(waiting.Select(one => one.Due).Order(), Drained(queue));
        Assert.Null(queue.First);
    }

    private static List<long> Drained(DeadlineQueue queue)
    {
        List<long> dues = [];
        while (queue.First is { } first)
        {
            dues.Add(first.Due);
            queue.Remove(first);
        }

        return dues;
    }

    private static int[] Shuffled(int count, int seed)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(numbers);
        return numbers;
    }

    private sealed class TestDeadline : DeadlineEntry
    {
        public override void OnDue()
        {
        }
    }
}
