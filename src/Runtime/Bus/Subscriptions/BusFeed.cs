using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The messages of a set of subscriptions: read in one order, handed over between servers, and delivered.</summary>
internal sealed class BusFeed
{
    private readonly BusWatch _watch;
    private readonly byte[] _probeName;
    private readonly BusMessageHandler _received;
    private readonly BusReader _reader;
    private readonly MessageHandover _handover;
    private int _source;

    /// <param name="reader">The common stream of the messages.</param>
    /// <param name="watch">The watch, which is notified of received messages.</param>
    /// <param name="received">The handler of the messages.</param>
    /// <param name="time">The clock.</param>
    public BusFeed(BusReader reader, BusWatch watch, BusMessageHandler received, TimeProvider time)
    {
        (_reader, _watch, _received, _probeName) = (reader, watch, received, ((byte[]?)watch.Probe)!);
        _handover = new MessageHandover(time, Deliver);
    }

    /// <summary>Delivers messages one at a time until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) => _reader.RunAsync(Handle, stop);

    /// <summary>Starts to read a subscription of the current connection.</summary>
    public void Follow(ChannelMessageQueue queue, RedisChannel channel) => _ = _reader.Follow(queue, _watch.Of(channel), _source);

    /// <summary>Prepares for other servers on the same connection.</summary>
    public void Begin() => _reader.Post(() => _handover.Begin(int.MaxValue));

    /// <summary>Prepares for another connection: subscriptions that are added from now on come from it.</summary>
    public void BeginNext()
    {
        var next = _source + 1;
        _reader.Post(() => _handover.Begin(next));
    }

    /// <summary>Starts to read a subscription of the next connection.</summary>
    public void FollowNext(ChannelMessageQueue queue, RedisChannel channel) => _ = _reader.Follow(queue, _watch.Of(channel), _source + 1);

    /// <summary>Changes over to the next connection.</summary>
    public void ChangeToNext()
    {
        _source++;
        _reader.Post(() => _handover.Change());
    }

    /// <summary>Changes over to other servers on the same connection.</summary>
    /// <param name="channels">The channels that change servers.</param>
    public void Change(IEnumerable<RedisChannel> channels)
    {
        var moved = channels.Select(channel => Encoding.UTF8.GetString(((byte[]?)channel)!)).ToHashSet(StringComparer.Ordinal);
        _reader.Post(() => _handover.Change(moved));
    }

    /// <summary>Ends the time in which messages can come twice.</summary>
    public void End() => _reader.Post(_handover.End);

    private void Handle(BusMessage message)
    {
        if (message.Command is { } command) command();
        else if (message.Channel.AsSpan().StartsWith(_probeName) || BusProbe.IsShared(message.Message.Span)) return;
        else if (_handover.IsActive) _handover.Take(message);
        else Deliver(message);
    }

    private void Deliver(BusMessage message)
    {
        _watch.Handled();
        _received(message.Channel, message.Message);
    }
}
