using System.Collections.Immutable;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Subscribes to the channels of exactly those rooms that have members on this node.</summary>
/// <remarks>
/// A room is subscribed with its first member. After its last member has left, the subscription is kept for a while, so that a room
/// that empties and fills again and again costs Redis nothing.
/// </remarks>
/// <param name="set">The set of subscriptions.</param>
/// <param name="channel">The channel of a room.</param>
/// <param name="time">The clock.</param>
internal sealed class RoomSubscriptions(IBusSubscription set, Func<string, RedisChannel> channel, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time that an empty room stays subscribed.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    // Empty rooms beyond this number are unsubscribed at once: many short-lived rooms must not accumulate.
    private const int MaxLingering = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscribed> _rooms = new(StringComparer.Ordinal);
    private readonly Queue<(string Room, long Since)> _empty = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>The number of subscribed rooms, empty ones included.</summary>
    public int Count
    {
        get { lock (_gate) return _rooms.Count; }
    }

    /// <summary>Handles a room's first member here, or the end of its last; called in order. Never blocks.</summary>
    public void Changed(string room, bool hasMembers)
    {
        lock (_gate)
        {
            if (_disposed) return;
            if (hasMembers) Fill(room);
            else Empty(room);
        }
    }

    /// <summary>Completes when Redis has confirmed the rooms' subscriptions, or at once when it is not connected.</summary>
    public Task ConfirmedAsync(ImmutableArray<string> rooms)
    {
        List<Task>? waiting = null;
        foreach (var room in rooms)
        {
            if (Confirmed(room) is { } confirmed) (waiting ??= []).Add(confirmed);
        }

        return waiting is null ? Task.CompletedTask : Task.WhenAll(waiting);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _disposed = true;
        if (_timer is { } timer) await timer.DisposeAsync().ConfigureAwait(false);
    }

    private void Fill(string room)
    {
        if (!_rooms.TryGetValue(room, out var subscribed))
        {
            var name = channel(room);
            _rooms.Add(room, subscribed = new Subscribed(name, set.AddAsync(name)));
        }

        subscribed.HasMembers = true;
    }

    private void Empty(string room)
    {
        var subscribed = _rooms[room];
        subscribed.HasMembers = false;
        subscribed.EmptySince = time.GetTimestamp();
        if (subscribed.IsLingering) return;

        var isFirst = _empty.Count == 0;
        Watch(room, subscribed);
        if (_empty.Count > MaxLingering) End(_empty.Dequeue().Room);
        if (isFirst) Schedule();
    }

    /// <returns>Null when the room is subscribed already, or has no members any more.</returns>
    private Task<bool>? Confirmed(string room)
    {
        lock (_gate)
        {
            if (_disposed || !_rooms.TryGetValue(room, out var subscribed)) return null;
            if (!subscribed.Confirmed.IsCompleted) return subscribed.Confirmed;
            if (set.Has(subscribed.Channel)) return null;

            // Redis was not connected, or has just been reconnected: the subscription is requested again.
            return subscribed.Confirmed = set.AddAsync(subscribed.Channel);
        }
    }

    /// <summary>Unsubscribes rooms that have been empty long enough; a later join subscribes again, behind it.</summary>
    private void Expire()
    {
        lock (_gate)
        {
            if (_disposed) return;
            while (_empty.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Linger)
            {
                _empty.Dequeue();
                var subscribed = _rooms[oldest.Room];
                if (subscribed.HasMembers || time.GetElapsedTime(subscribed.EmptySince) >= Linger) End(oldest.Room);
                else Watch(oldest.Room, subscribed);
            }

            Schedule();
        }
    }

    private void Watch(string room, Subscribed subscribed)
    {
        subscribed.IsLingering = true;
        _empty.Enqueue((room, time.GetTimestamp()));
    }

    private void End(string room)
    {
        var subscribed = _rooms[room];
        subscribed.IsLingering = false;
        if (subscribed.HasMembers) return;
        _rooms.Remove(room);
        set.Remove(subscribed.Channel);
    }

    private void Schedule()
    {
        if (!_empty.TryPeek(out var oldest)) return;
        var due = Linger - time.GetElapsedTime(oldest.Since);
        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        if (_timer is null)
            _timer = time.CreateTimer(static self => ((RoomSubscriptions)self!).Expire(), this, due, Timeout.InfiniteTimeSpan);
        else _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private sealed class Subscribed(RedisChannel channel, Task<bool> confirmed)
    {
        public RedisChannel Channel { get; } = channel;

        public Task<bool> Confirmed { get; set; } = confirmed;

        public bool HasMembers { get; set; }

        public bool IsLingering { get; set; }

        public long EmptySince { get; set; }
    }
}
