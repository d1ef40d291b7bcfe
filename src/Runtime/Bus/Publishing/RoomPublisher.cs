using System.Collections.Immutable;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Publishes the broadcasts of one producer in one namespace, each room in the order sent, on any channel.</summary>
/// <remarks>
/// <para>A node that subscribes its rooms one by one subscribes a room only when it receives the join request, and would miss messages
/// on the room's channel meanwhile. Rooms that this producer made sockets of other nodes join therefore take the
/// channel of the namespace, which every node receives, for <see cref="BusTimings.RecentJoin"/>.</para>
/// <para>With sharded pub/sub the two channels can belong to different masters, of which either can be slow. Messages to a room
/// that changes channels are held, bounded, until Redis has processed the earlier ones on the former channel.</para>
/// </remarks>
/// <param name="bus">The connection to the other nodes.</param>
/// <param name="wire">The channels.</param>
/// <param name="metrics">The counter of messages that were not published.</param>
/// <param name="timings">The times.</param>
internal sealed class RoomPublisher(IBusPublisher bus, IEmitterWire wire, RedisMetrics metrics, BusTimings timings)
{
    /// <summary>The number of rooms that can be on the channel of the namespace; the oldest ones leave it early.</summary>
    public const int MaxRooms = 10_000;

    /// <summary>The maximum size of all held messages, in bytes; further ones are dropped like those that Redis does not accept.</summary>
    public const long MaxHeld = 32L * 1024 * 1024;

    private readonly RedisChannel _common = wire.ChannelOf(BroadcastOptions.Everyone);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Way> _ways = new(StringComparer.Ordinal);
    private readonly Queue<(Way Way, long Since)> _order = new();
    private long _held;
    private int _count;

    /// <summary>Publishes messages to some rooms on the channel of the namespace from now on.</summary>
    public void Joined(ImmutableArray<string> rooms)
    {
        List<Way>? joined = null;
        List<Way>? expired = null;
        var channels = rooms.Select(room => wire.ChannelOf(BroadcastOptions.Everyone with { Rooms = [room] })).ToArray();
        var now = timings.Clock.GetTimestamp();
        lock (_gate)
        {
            Expire(now, ref expired);
            foreach (var (index, room) in rooms.Index())
            {
                if (Join(room, channels[index], now) is { } way) (joined ??= []).Add(way);
                while (_order.Count > MaxRooms) Leave(_order.Dequeue(), ref expired);
            }

            Volatile.Write(ref _count, _ways.Count);
        }

        Change(joined, expired);
    }

    /// <summary>Returns the current channel of a broadcast.</summary>
    public RedisChannel ChannelOf(BroadcastOptions options)
    {
        if (options.Rooms.Length != 1 || Volatile.Read(ref _count) == 0) return wire.ChannelOf(options);
        var own = wire.ChannelOf(options);
        lock (_gate) return _ways.TryGetValue(options.Rooms[0], out var way) ? way.Target : own;
    }

    /// <summary>Publishes a broadcast without waiting, in call order; never blocks, never throws.</summary>
    /// <param name="options">The target.</param>
    /// <param name="message">The broadcast; not changed afterwards.</param>
    public void Publish(BroadcastOptions options, byte[] message)
    {
        if (options.Rooms.Length != 1 || Volatile.Read(ref _count) == 0) bus.Publish(wire.ChannelOf(options), message);
        else if (!TryHold(options, new HeldMessage(message, null), out var channel)) bus.Publish(channel, message);
    }

    /// <summary>Publishes a broadcast, in call order with <see cref="Publish"/>; completes when Redis accepted it.</summary>
    /// <param name="options">The target.</param>
    /// <param name="message">The broadcast; not changed afterwards.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number of connections that Redis passed it to.</returns>
    /// <exception cref="RedisException">Redis is not connected or did not respond in time.</exception>
    public Task<long> PublishAsync(BroadcastOptions options, byte[] message, CancellationToken cancellationToken)
    {
        if (options.Rooms.Length != 1 || Volatile.Read(ref _count) == 0)
            return bus.PublishAsync(wire.ChannelOf(options), message, cancellationToken);
        var published = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        return TryHold(options, new HeldMessage(message, published), out var channel)
            ? published.Task.WaitAsync(cancellationToken)
            : bus.PublishAsync(channel, message, cancellationToken);
    }

    /// <summary>Holds a message whose room changes channels.</summary>
    /// <param name="options">The target, one room.</param>
    /// <param name="held">The message.</param>
    /// <param name="channel">The channel to publish on when it is not held.</param>
    private bool TryHold(BroadcastOptions options, HeldMessage held, out RedisChannel channel)
    {
        List<Way>? expired = null;
        bool isHeld;
        var own = wire.ChannelOf(options);
        var now = timings.Clock.GetTimestamp();
        lock (_gate)
        {
            Expire(now, ref expired);
            var way = _ways.GetValueOrDefault(options.Rooms[0]);
            channel = way?.Target ?? own;
            isHeld = way is { IsChanging: true };
            if (way is not null) way.IsUsed = true;
            if (isHeld && !TryAdd(way!, held)) held.Refuse();
            Volatile.Write(ref _count, _ways.Count);
        }

        Change(null, expired);
        return isHeld;
    }

    private bool TryAdd(Way way, HeldMessage held)
    {
        if (_held + held.Size > MaxHeld)
        {
            metrics.PublishFailed();
            return false;
        }

        _held += held.Size;
        way.Waiting.Add(held);
        return true;
    }

    /// <returns>The room when it has to change channels.</returns>
    private Way? Join(string room, RedisChannel own, long now)
    {
        if (_ways.TryGetValue(room, out var way))
        {
            way.Since = now;
            way.Target = _common;
            _order.Enqueue((way, now));
            return null;
        }

        if (own == _common) return null;
        way = new Way(room, own) { Since = now, Target = _common, IsChanging = true };
        _ways.Add(room, way);
        _order.Enqueue((way, now));
        return way;
    }

    private void Expire(long now, ref List<Way>? expired)
    {
        while (_order.TryPeek(out var oldest) && timings.Clock.GetElapsedTime(oldest.Since, now) >= timings.RecentJoin)
            Leave(_order.Dequeue(), ref expired);
    }

    /// <summary>Moves a room back to its own channel, unless it was joined once more.</summary>
    private void Leave((Way Way, long Since) oldest, ref List<Way>? expired)
    {
        var way = oldest.Way;
        if (way.Since != oldest.Since || way.Target == way.Own) return;
        way.Target = way.Own;

        // A room that is changing already finds its target when it has reached the other one.
        if (way.IsChanging) return;
        if (!way.IsUsed)
        {
            Forget(way);
            return;
        }

        way.IsChanging = true;
        (expired ??= []).Add(way);
    }

    private void Forget(Way way)
    {
        // A room can have left and been joined again since.
        if (_ways.TryGetValue(way.Room, out var current) && current == way) _ways.Remove(way.Room);
    }

    private void Change(List<Way>? joined, List<Way>? expired)
    {
        if (joined is not null) _ = ChangeAsync(joined, [.. joined.Select(way => way.Own)], [_common]);
        if (expired is not null) _ = ChangeAsync(expired, [_common], [.. expired.Select(way => way.Own)]);
    }

    /// <summary>Moves rooms to their channels together, because many can be joined at once.</summary>
    private async Task ChangeAsync(List<Way> ways, RedisChannel[] former, RedisChannel[] next)
    {
        await ProcessedAsync(former, next).ConfigureAwait(false);
        for (var i = 0; i < ways.Count; i++) await ReleaseAsync(ways[i], next[next.Length == 1 ? 0 : i]).ConfigureAwait(false);
    }

    private async Task ProcessedAsync(RedisChannel[] former, RedisChannel[] next)
    {
        try
        {
            await bus.ProcessedAsync(former, next).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Even if the order is lost by a failure, the room's events must not be held without end.
        }
    }

    /// <summary>Publishes the messages held by a room's change, and continues when the room changes again meanwhile.</summary>
    private async Task ReleaseAsync(Way way, RedisChannel reached)
    {
        while (true)
        {
            RedisChannel target;
            List<HeldMessage>? batch;
            lock (_gate)
            {
                target = way.Target;
                batch = target == reached ? Take(way) : null;
            }

            if (target != reached)
            {
                await ProcessedAsync([reached], [target]).ConfigureAwait(false);
                reached = target;
                continue;
            }

            if (batch is null) return;
            foreach (var held in batch) held.Send(reached, bus.Publish, PublishAsync);
        }
    }

    /// <summary>Removes and returns the held messages; null when there are none: then the room has changed.</summary>
    private List<HeldMessage>? Take(Way way)
    {
        if (way.Waiting is { Count: > 0 } batch)
        {
            way.Waiting = [];
            foreach (var held in batch) _held -= held.Size;
            return batch;
        }

        way.IsChanging = false;
        if (way.Target == way.Own) Forget(way);
        Volatile.Write(ref _count, _ways.Count);
        return null;
    }

    private Task<long> PublishAsync(RedisChannel channel, byte[] message) => bus.PublishAsync(channel, message, CancellationToken.None);

    /// <summary>A room that is not, or not yet again, on its own channel.</summary>
    /// <param name="room">The room.</param>
    /// <param name="own">Its own channel.</param>
    private sealed class Way(string room, RedisChannel own)
    {
        public string Room { get; } = room;

        public RedisChannel Own { get; } = own;

        /// <summary>The current channel, or the one to change to.</summary>
        public RedisChannel Target { get; set; }

        public long Since { get; set; }

        /// <summary>Gets or sets a value indicating whether messages are held.</summary>
        public bool IsChanging { get; set; }

        /// <summary>Gets or sets a value indicating whether a message was sent to the room since it was joined.</summary>
        public bool IsUsed { get; set; }

        public List<HeldMessage> Waiting { get; set; } = [];
    }
}
