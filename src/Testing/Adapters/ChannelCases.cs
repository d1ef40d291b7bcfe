using System.Threading.Channels;

namespace TypedSocketRedis.Testing;

/// <summary>The contract of the channels of an adapter.</summary>
internal static class ChannelCases
{
    private const int Messages = 300;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<(string Name, Func<ISocketAdapter[], Task> Run)> All { get; } =
    [
        (nameof(Messages_of_any_size_arrive_whole), Messages_of_any_size_arrive_whole),
        (nameof(Messages_of_each_node_arrive_in_order_and_one_at_a_time), Messages_of_each_node_arrive_in_order_and_one_at_a_time),
        (nameof(A_channel_of_any_name_has_only_its_own_messages), A_channel_of_any_name_has_only_its_own_messages),
        (nameof(A_message_that_is_published_after_a_subscription_arrives), A_message_that_is_published_after_a_subscription_arrives),
        (nameof(An_ended_subscription_receives_nothing_and_is_not_counted), An_ended_subscription_receives_nothing_and_is_not_counted),
        (nameof(A_disposed_node_is_not_counted), A_disposed_node_is_not_counted),
    ];

    private static async Task Messages_of_any_size_arrive_whole(ISocketAdapter[] nodes)
    {
        var inbox = await Inbox.AddAsync(nodes[1], "sizes").ConfigureAwait(false);
        foreach (var size in new[] { 1, 2, 100, 4095, 4096, 65_535, 65_536, 1_000_000, 3 })
        {
            var message = new byte[size];
            for (var i = 0; i < size; i++) message[i] = (byte)(i * 31 + size);
            await nodes[0].PublishAsync("sizes", message, CancellationToken.None).ConfigureAwait(false);
            var received = await inbox.NextAsync().ConfigureAwait(false);
            Check.True(message.AsSpan().SequenceEqual(received), $"a message of {size} bytes is whole");
        }
    }

    private static async Task Messages_of_each_node_arrive_in_order_and_one_at_a_time(ISocketAdapter[] nodes)
    {
        // The two channels share the receiver's check that its calls do not overlap.
        var overlap = new Overlap();
        var first = await Inbox.AddAsync(nodes[2], "first", overlap).ConfigureAwait(false);
        var second = await Inbox.AddAsync(nodes[2], "second", overlap).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(node => Task.Run(async () =>
        {
            var publishing = new List<Task>();
            for (var i = 0; i < Messages; i++)
            {
                // Not awaited: the order is that of the calls.
                publishing.Add(nodes[node].PublishAsync("first", new[] { (byte)node, (byte)i, (byte)(i >> 8) }, CancellationToken.None));
                publishing.Add(nodes[node].PublishAsync("second", new[] { (byte)node, (byte)i, (byte)(i >> 8) }, CancellationToken.None));
            }

            await Task.WhenAll(publishing).ConfigureAwait(false);
        }))).ConfigureAwait(false);
        foreach (var inbox in new[] { first, second })
        {
            var numbers = new[] { new List<int>(), new List<int>() };
            for (var i = 0; i < 2 * Messages; i++)
            {
                var message = await inbox.NextAsync().ConfigureAwait(false);
                numbers[message[0]].Add(message[1] | message[2] << 8);
            }

            Check.Same(Enumerable.Range(0, Messages), numbers[0]);
            Check.Same(Enumerable.Range(0, Messages), numbers[1]);
        }

        Check.True(!overlap.IsFound, "a receiver is called for one message at a time");
    }

    private static async Task A_channel_of_any_name_has_only_its_own_messages(ISocketAdapter[] nodes)
    {
        string[] names = ["a", "a ", "A", "a#b", "*", "a*", "[x]", "комната", "😀", "\\", "a\r\nb", new string('r', 2048)];
        var inboxes = new List<Inbox>();
        foreach (var name in names) inboxes.Add(await Inbox.AddAsync(nodes[1], name).ConfigureAwait(false));
        for (var i = 0; i < names.Length; i++)
            await nodes[0].PublishAsync(names[i], new[] { (byte)i }, CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < names.Length; i++)
        {
            Check.Equal((byte)i, (await inboxes[i].NextAsync().ConfigureAwait(false))[0]);
            Check.Equal(1, await nodes[1].CountSubscribersAsync(names[i], CancellationToken.None).ConfigureAwait(false));
        }
    }

    private static async Task A_message_that_is_published_after_a_subscription_arrives(ISocketAdapter[] nodes)
    {
        for (var i = 0; i < 50; i++)
        {
            var channel = $"late {i}";
            var inbox = await Inbox.AddAsync(nodes[i % 3], channel).ConfigureAwait(false);
            await nodes[(i + 1) % 3].PublishAsync(channel, new[] { (byte)i }, CancellationToken.None).ConfigureAwait(false);
            Check.Equal((byte)i, (await inbox.NextAsync().ConfigureAwait(false))[0]);
        }
    }

    private static async Task An_ended_subscription_receives_nothing_and_is_not_counted(ISocketAdapter[] nodes)
    {
        var ended = await Inbox.AddAsync(nodes[1], "channel").ConfigureAwait(false);
        var kept = await Inbox.AddAsync(nodes[2], "channel").ConfigureAwait(false);
        Check.Equal(2, await nodes[2].CountSubscribersAsync("channel", CancellationToken.None).ConfigureAwait(false));
        await nodes[1].UnsubscribeAsync("channel").ConfigureAwait(false);
        await nodes[1].UnsubscribeAsync("unknown").ConfigureAwait(false);
        await CountedAsync(nodes[2], "channel", 1).ConfigureAwait(false);
        await nodes[0].PublishAsync("channel", new byte[] { 1 }, CancellationToken.None).ConfigureAwait(false);
        await kept.NextAsync().ConfigureAwait(false);
        var again = await Inbox.AddAsync(nodes[1], "channel").ConfigureAwait(false);
        await nodes[0].PublishAsync("channel", new byte[] { 2 }, CancellationToken.None).ConfigureAwait(false);

        Check.Equal(2, (await again.NextAsync().ConfigureAwait(false))[0]);
        Check.True(ended.IsEmpty, "an ended subscription receives nothing");
    }

    private static async Task A_disposed_node_is_not_counted(ISocketAdapter[] nodes)
    {
        foreach (var node in nodes) await Inbox.AddAsync(node, "channel").ConfigureAwait(false);
        foreach (var node in nodes) await CountedAsync(node, "channel", 3).ConfigureAwait(false);
        await nodes[0].DisposeAsync().ConfigureAwait(false);
        await CountedAsync(nodes[1], "channel", 2).ConfigureAwait(false);
        await CountedAsync(nodes[2], "channel", 2).ConfigureAwait(false);
    }

    // Other nodes can learn about the end of a subscription a little later.
    private static async Task CountedAsync(ISocketAdapter node, string channel, int expected)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (await node.CountSubscribersAsync(channel, CancellationToken.None).ConfigureAwait(false) is var count && count != expected)
        {
            if (TimeProvider.System.GetElapsedTime(limit) > Timeout) Check.Equal(expected, count);
            await Task.Yield();
        }
    }

    /// <summary>The calls of receivers that overlap.</summary>
    private sealed class Overlap
    {
        private int _calls;

        public bool IsFound { get; private set; }

        public void Enter() => IsFound |= Interlocked.Increment(ref _calls) > 1;

        public void Leave() => Interlocked.Decrement(ref _calls);
    }

    /// <summary>The received messages of a channel.</summary>
    private sealed class Inbox(Overlap? overlap) : ISocketAdapterReceiver
    {
        private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();

        public bool IsEmpty => !_messages.Reader.TryPeek(out _);

        public static async Task<Inbox> AddAsync(ISocketAdapter node, string channel, Overlap? overlap = null)
        {
            var inbox = new Inbox(overlap);
            await node.SubscribeAsync(channel, inbox, CancellationToken.None).WaitAsync(Timeout).ConfigureAwait(false);
            return inbox;
        }

        public void Receive(ReadOnlyMemory<byte> message)
        {
            overlap?.Enter();
            _messages.Writer.TryWrite(message.ToArray());
            overlap?.Leave();
        }

        public Task<byte[]> NextAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(Timeout);
    }
}
