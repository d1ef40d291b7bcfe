using System.Threading.Channels;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Reads many subscriptions as one stream, in the order the connection delivered their messages.</summary>
/// <remarks>
/// The connection fills one queue for each subscription, which loses the order between them. Here a read always waits on every
/// queue, and its continuation runs at once on the thread that fills the queue, whose context it captured: a message moves on
/// to the common queue before the connection reads the next one.
/// </remarks>
/// <param name="backlog">The limit on queued messages.</param>
internal sealed class BusReader(BusBacklog backlog)
{
    private readonly Channel<BusMessage> _messages = Channel.CreateUnbounded<BusMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private long _arrived;

    /// <summary>A number that changes with every message that arrives.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>Starts to read a subscription; its messages before this call belong to the time before it.</summary>
    /// <param name="queue">The subscription's messages.</param>
    /// <param name="probed">Called for each message as it arrives, before the queued ones are handled; or null.</param>
    /// <param name="source">The number of the subscription's connection.</param>
    /// <returns>A task that completes when the subscription has ended.</returns>
    public Task Follow(ChannelMessageQueue queue, ProbedSubscription? probed, int source)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(AtOnce.Context);
        try
        {
            return MoveAsync(queue, probed, source);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    /// <summary>Runs an action between the messages read before and those read afterwards.</summary>
    public void Post(Action command) => _messages.Writer.TryWrite(new BusMessage(0, [], default, command));

    /// <summary>Stops adding messages: reading ends with those already queued.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Delivers the messages one at a time until it is stopped or complete.</summary>
    public async Task RunAsync(Action<BusMessage> handle, CancellationToken stop)
    {
        try
        {
            while (await _messages.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                while (!stop.IsCancellationRequested && _messages.Reader.TryRead(out var message))
                {
                    handle(message);
                    if (message.Command is null) backlog.Remove(message.Channel.Length + message.Message.Length);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The set of subscriptions ends.
        }
    }

    private async Task MoveAsync(ChannelMessageQueue queue, ProbedSubscription? probed, int source)
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
                var channel = ((byte[]?)message.Channel)!;
                if (backlog.TryAdd(channel.Length + message.Message.Length()))
                {
                    Volatile.Write(ref _arrived, _arrived + 1);
                    probed?.Arrived();
                    _messages.Writer.TryWrite(new BusMessage(source, channel, message.Message));
                }

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
