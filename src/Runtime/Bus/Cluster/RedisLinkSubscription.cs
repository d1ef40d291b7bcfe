using System.Threading.Channels;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>A channel that is subscribed on a connection of StackExchange.Redis.</summary>
/// <remarks>
/// The connection fills one queue for each subscription, which loses the order between them. Here a read always waits on every
/// queue, and its continuation runs at once on the thread that fills the queue, whose context it captured: a message is passed on
/// before the connection reads the next one.
/// </remarks>
/// <param name="link">The connection.</param>
/// <param name="queue">The messages of the channel.</param>
internal sealed class RedisLinkSubscription(RedisLink link, ChannelMessageQueue queue) : ILinkSubscription
{
    public bool IsOpen => !queue.Completion.IsCompleted;

    public void Read(LinkMessageHandler received)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(AtOnce.Context);
        try
        {
            _ = ReadAsync(received);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    public Task<Exception?> EndAsync(BusTimings timings, bool isConfirmed) => link.UnsubscribeAsync(queue, timings, isConfirmed);

    private async Task ReadAsync(LinkMessageHandler received)
    {
        try
        {
            // A message that is queued already could have overtaken, or been overtaken by, those of other subscriptions.
            var next = queue.ReadAsync();
            while (next.IsCompletedSuccessfully)
            {
                await next.ConfigureAwait(true);
                next = queue.ReadAsync();
            }

            while (true)
            {
                var message = await next.ConfigureAwait(true);
                received(((byte[]?)message.Channel)!, message.Message);
                next = queue.ReadAsync();
            }
        }
        catch (ChannelClosedException)
        {
            // The subscription ended.
        }
    }

    /// <summary>Runs continuations on the thread that completes what they wait for.</summary>
    private sealed class AtOnce : SynchronizationContext
    {
        public static readonly AtOnce Context = new();

        public override void Post(SendOrPostCallback d, object? state) => Send(d, state);

        public override void Send(SendOrPostCallback d, object? state)
        {
            var previous = Current;
            SetSynchronizationContext(this);
            try
            {
                d(state);
            }
            finally
            {
                SetSynchronizationContext(previous);
            }
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
