using System.Collections.Immutable;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Subscribes to the channels of exactly those rooms that have members on this node.</summary>
/// <remarks>
/// A room is subscribed with its first member. After its last member has left, the subscription is kept for a while, so that a room
/// that empties and fills again and again costs Redis nothing.
/// </remarks>
/// <param name="set">The set of subscriptions.</param>
/// <param name="rooms">The rooms of this node.</param>
/// <param name="channel">Returns the channel of a room, or null if the room has none of its own.</param>
/// <param name="timings">The clock, and the time that an empty room stays subscribed.</param>
internal sealed class RoomSubscriptions(IBusSubscription set, RoomIndex rooms, Func<string, RedisChannel?> channel, BusTimings timings)
    : IAsyncDisposable
{
    // Empty rooms beyond this number are unsubscribed at once: many short-lived rooms must not accumulate.
    private const int MaxLingering = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscribed> _rooms = new(StringComparer.Ordinal);
    private readonly Queue<(string Room, long Since)> _empty = new();

    // The changes that are not passed on to the set of subscriptions yet, in order; one thread at a time does it, outside the lock.
    private readonly Queue<(Subscribed Room, bool IsAdded)> _changes = new();
    private bool _isChanging;
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>The number of subscribed rooms, empty ones included.</summary>
    public int Count
    {
        get { lock (_gate) return _rooms.Count; }
    }

    /// <summary>Handles a room that has got its first member here, or lost its last. Never blocks.</summary>
    public void Changed(string room)
    {
        if (channel(room) is { } name) Update(room, name);
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

    /// <summary>Subscribes to a room with members, or notes the time at which a room became empty.</summary>
    /// <returns>The subscription of the room, or null if it has none.</returns>
    /// <remarks>The state of the room is read inside the lock: several threads can report changes of one room in any order.</remarks>
    private Subscribed? Update(string room, RedisChannel name)
    {
        Subscribed? subscribed;
        lock (_gate)
        {
            if (_disposed) return null;
            _rooms.TryGetValue(room, out subscribed);
            if (!rooms.HasRoom(room)) Empty(room, subscribed);
            else if (subscribed is not null) subscribed.HasMembers = true;
            else
            {
                _rooms.Add(room, subscribed = new Subscribed(name));
                _changes.Enqueue((subscribed, IsAdded: true));
            }
        }

        Change();
        return subscribed;
    }

    private void Empty(string room, Subscribed? subscribed)
    {
        if (subscribed is not { HasMembers: true }) return;
        subscribed.HasMembers = false;
        subscribed.EmptySince = timings.Clock.GetTimestamp();
        if (subscribed.IsLingering) return;

        var isFirst = _empty.Count == 0;
        Watch(room, subscribed);
        if (_empty.Count > MaxLingering) End(_empty.Dequeue().Room);
        if (isFirst) Schedule();
    }

    /// <summary>Passes the changes on to the set of subscriptions, unless another thread does.</summary>
    private void Change()
    {
        while (true)
        {
            (Subscribed Room, bool IsAdded) change;
            lock (_gate)
            {
                if (_isChanging || !_changes.TryDequeue(out change)) return;
                _isChanging = true;
            }

            try
            {
                if (change.IsAdded) change.Room.Follow(set.AddAsync(change.Room.Channel));
                else set.Remove(change.Room.Channel);
            }
            finally
            {
                lock (_gate) _isChanging = false;
            }
        }
    }

    /// <returns>Null when the room is subscribed already, or no longer has members.</returns>
    private Task<bool>? Confirmed(string room)
    {
        if ((Known(room) ?? (channel(room) is { } name ? Update(room, name) : null)) is not { } subscribed) return null;
        if (!subscribed.Confirmed.IsCompleted) return subscribed.Confirmed;
        if (set.Has(subscribed.Channel)) return null;

        // Redis was not connected, or has just been reconnected: the subscription is requested again.
        Task<bool> confirmed;
        lock (_gate)
        {
            if (_disposed || _rooms.GetValueOrDefault(room) != subscribed) return null;
            if (subscribed.Confirmed.IsCompleted)
            {
                subscribed.Request();
                _changes.Enqueue((subscribed, IsAdded: true));
            }

            confirmed = subscribed.Confirmed;
        }

        Change();
        return confirmed;
    }

    private Subscribed? Known(string room)
    {
        lock (_gate) return _disposed ? null : _rooms.GetValueOrDefault(room);
    }

    /// <summary>Unsubscribes rooms that have been empty long enough; a later join subscribes again, behind it.</summary>
    private void Expire()
    {
        lock (_gate)
        {
            if (_disposed) return;
            while (_empty.TryPeek(out var oldest) && timings.Since(oldest.Since) >= timings.RoomLinger)
            {
                _empty.Dequeue();
                var subscribed = _rooms[oldest.Room];
                if (subscribed.HasMembers || timings.Since(subscribed.EmptySince) >= timings.RoomLinger) End(oldest.Room);
                else Watch(oldest.Room, subscribed);
            }

            Schedule();
        }

        Change();
    }

    private void Watch(string room, Subscribed subscribed)
    {
        subscribed.IsLingering = true;
        _empty.Enqueue((room, timings.Clock.GetTimestamp()));
    }

    private void End(string room)
    {
        var subscribed = _rooms[room];
        subscribed.IsLingering = false;
        if (subscribed.HasMembers) return;
        _rooms.Remove(room);
        _changes.Enqueue((subscribed, IsAdded: false));
    }

    private void Schedule()
    {
        if (!_empty.TryPeek(out var oldest)) return;
        var due = timings.RoomLinger - timings.Since(oldest.Since);
        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        if (_timer is null)
            _timer = timings.Clock.CreateTimer(static self => ((RoomSubscriptions)self!).Expire(), this, due, Timeout.InfiniteTimeSpan);
        else _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private sealed class Subscribed(RedisChannel channel)
    {
        private TaskCompletionSource<bool> _confirmed = Pending();

        public RedisChannel Channel { get; } = channel;

        public Task<bool> Confirmed => _confirmed.Task;

        public bool HasMembers { get; set; } = true;

        public bool IsLingering { get; set; }

        public long EmptySince { get; set; }

        public void Request() => _confirmed = Pending();

        /// <summary>Confirms the subscription when the set does.</summary>
        public async void Follow(Task<bool> added)
        {
            var confirmed = _confirmed;
            await ((Task)added).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            confirmed.TrySetResult(added.IsCompletedSuccessfully && added.Result);
        }

        private static TaskCompletionSource<bool> Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
