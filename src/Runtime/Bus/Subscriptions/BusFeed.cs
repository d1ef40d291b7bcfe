using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The messages of a set of subscriptions: read in one order, handed over between servers, and delivered.</summary>
/// <remarks>
/// Each subscription passes on its messages on the thread that reads the connection; here they enter one queue, in the order in which
/// the connection delivered them, with the changes of servers between them.
/// </remarks>
/// <param name="connection">The connection, whose messages have one bound.</param>
/// <param name="probe">The set's private channel, whose messages are not delivered.</param>
/// <param name="received">The handler of the messages.</param>
/// <param name="health">The health of the set, which ends when messages are dropped.</param>
/// <param name="changes">The changes of the set, for a check after messages were dropped.</param>
/// <param name="metrics">The counter of dropped messages.</param>
/// <param name="logger">The log of dropped messages.</param>
internal sealed class BusFeed(
    RedisConnection connection, RedisChannel probe, BusMessageHandler received, SetHealth health, ChannelWriter<BusChange> changes,
    RedisMetrics metrics, ILogger logger)
{
    private readonly Channel<BusMessage> _messages = Channel.CreateUnbounded<BusMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly BusBacklog _backlog = new(connection.Backlog);
    private readonly byte[] _probeName = ((byte[]?)probe)!;
    private readonly MessageHandover _handover = new(connection.Timings);
    private int _source;
    private long _arrived;
    private long _handled;

    /// <summary>A number that changes with every message that arrives.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>The number of delivered messages.</summary>
    public long Handled => Volatile.Read(ref _handled);

    /// <summary>Delivers messages one at a time until it is stopped or complete.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await _messages.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                while (!stop.IsCancellationRequested && _messages.Reader.TryRead(out var message))
                {
                    Handle(message);
                    Release(message);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The set of subscriptions ends.
        }

        while (_messages.Reader.TryRead(out var left)) Release(left);
    }

    /// <summary>Stops adding messages: reading ends with those already queued.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Starts to read a subscription of the current connection.</summary>
    public void Follow(ILinkSubscription subscription, RedisChannel channel) => Follow(subscription, channel, _source);

    /// <summary>Starts to read a subscription of the next connection.</summary>
    public void FollowNext(ILinkSubscription subscription, RedisChannel channel) => Follow(subscription, channel, _source + 1);

    /// <summary>Prepares for other servers on the same connection.</summary>
    public void Begin() => Post(HandoverStep.Begin, int.MaxValue);

    /// <summary>Prepares for another connection: subscriptions that are added from now on come from it.</summary>
    public void BeginNext() => Post(HandoverStep.Begin, _source + 1);

    /// <summary>Changes over to the next connection.</summary>
    public void ChangeToNext()
    {
        _source++;
        Post(HandoverStep.Change);
    }

    /// <summary>Changes over to other servers on the same connection.</summary>
    /// <param name="channels">The channels that change servers.</param>
    public void Change(IEnumerable<RedisChannel> channels)
    {
        var moved = channels.Select(channel => Encoding.UTF8.GetString(((byte[]?)channel)!)).ToHashSet(StringComparer.Ordinal);
        Post(HandoverStep.Change, moved: moved);
    }

    /// <summary>Ends the time in which messages can come twice.</summary>
    public void End() => Post(HandoverStep.End);

    private void Follow(ILinkSubscription subscription, RedisChannel channel, int source)
    {
        var probed = health.Of(channel);
        subscription.Read((name, message) => Arrive(name, message, probed, source));
    }

    /// <summary>Makes a step between the messages read before and those read afterwards.</summary>
    private void Post(HandoverStep step, int source = 0, HashSet<string>? moved = null) =>
        _messages.Writer.TryWrite(new BusMessage(source, [], default, step, moved));

    private void Arrive(byte[] channel, ReadOnlyMemory<byte> message, ProbedSubscription? probed, int source)
    {
        if (!_backlog.TryAdd(channel.Length + message.Length, out var hasOverflowed))
        {
            if (hasOverflowed) Overflow();
            metrics.Dropped(DropReason.Backlog);
            return;
        }

        Volatile.Write(ref _arrived, _arrived + 1);
        probed?.Arrived();
        var arrived = new BusMessage(source, channel, message);
        if (!_messages.Writer.TryWrite(arrived)) Release(arrived);
    }

    private void Release(BusMessage message)
    {
        if (message.Step == HandoverStep.None) _backlog.Remove(message.Channel.Length + message.Message.Length);
    }

    private void Overflow()
    {
        if (connection.Gate.TryEnter(DropReason.Backlog.Text()))
            RedisLog.SubscriptionOverflowed(logger, probe.ToString(), BusBacklog.Limit);
        if (health.TryInterrupt()) changes.TryWrite(new BusChange(BusChangeKind.Check, default));
    }

    private void Handle(BusMessage message)
    {
        if (message.Step != HandoverStep.None) Make(message);
        else if (message.Channel.AsSpan().StartsWith(_probeName) || BusProbe.IsShared(message.Message.Span)) return;
        else if (_handover.IsActive) _handover.Take(message, Deliver);
        else Deliver(message);
    }

    private void Make(BusMessage step)
    {
        switch (step.Step)
        {
            case HandoverStep.Begin: _handover.Begin(step.Source, Deliver); break;
            case HandoverStep.Change: _handover.Change(Deliver, step.Moved); break;
            default: _handover.End(Deliver); break;
        }
    }

    private void Deliver(BusMessage message)
    {
        Volatile.Write(ref _handled, _handled + 1);
        received(message.Channel, message.Message);
    }
}
