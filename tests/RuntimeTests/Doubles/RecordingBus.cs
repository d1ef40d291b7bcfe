using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A bus that records published messages and passes received ones to its only subscriber on the caller's thread.</summary>
internal sealed class RecordingBus : IRedisBus, IBusSubscription
{
    private readonly Lock _gate = new();
    private readonly List<(string Channel, byte[] Message)> _published = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BusMessageHandler? _received;
    private int _counts;

    /// <summary>Gets a copy of the published messages, in order.</summary>
    public IReadOnlyList<(string Channel, byte[] Message)> Published
    {
        get { lock (_gate) return [.. _published]; }
    }

    /// <summary>Gets or sets the number of counted nodes.</summary>
    public long Nodes { get; set; } = 1;

    /// <summary>Gets the subscribed channels and patterns.</summary>
    public HashSet<string> Subscribed { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the number of channels added and removed.</summary>
    public int Changes { get; private set; }

    /// <summary>Gets or sets the confirmation of added channels, or null for an immediate one.</summary>
    public TaskCompletionSource<bool>? Confirmation { get; set; }

    /// <summary>Gets or sets the number of connections that receive an awaited message.</summary>
    public long Receivers { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether the connection is lost.</summary>
    public bool IsDisconnected { get; set; }

    public BusHealth Health { get; set; } = new(true, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Gets or sets the callback before a message is published.</summary>
    public Action? Publishing { get; set; }

    public bool Publish(RedisChannel channel, byte[] message)
    {
        Publishing?.Invoke();
        if (IsDisconnected) return false;
        lock (_gate)
        {
            _published.Add((channel.ToString(), message));
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return true;
    }

    /// <summary>Waits until a message matches and returns it.</summary>
    public async Task<(string Channel, byte[] Message)> SeesAsync(Func<(string Channel, byte[] Message), bool> isMatch, TimeSpan timeout)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                foreach (var one in _published)
                {
                    if (isMatch(one)) return one;
                }

                more = _more.Task;
            }

            await more.WaitAsync(timeout);
        }
    }

    public void Forget()
    {
        lock (_gate) _published.Clear();
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) => Publish(channel, message)
        ? Task.FromResult(Receivers)
        : Task.FromException<long>(new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "disconnected"));

    /// <summary>Gets or sets the wait before a channel replaces another one, or null for no wait.</summary>
    public TaskCompletionSource? Processed { get; set; }

    /// <summary>Gets the waits so far, each with the former channels and the next ones.</summary>
    public List<string> Fences { get; } = [];

    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next)
    {
        Fences.Add($"{string.Join(' ', former)} > {string.Join(' ', next)}");
        return Processed?.Task ?? Task.CompletedTask;
    }

    /// <summary>Gets the number of times that the nodes were counted.</summary>
    public int Counts => Volatile.Read(ref _counts);

    public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _counts);
        return IsDisconnected
            ? Task.FromException<long>(
                new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "disconnected"))
            : Task.FromResult(Nodes);
    }

    public IBusSubscription Subscribe(BusSet set, BusMessageHandler received)
    {
        _received = received;
        return this;
    }

    public Task<bool> AddAsync(RedisChannel channel)
    {
        Changes++;
        Subscribed.Add(channel.ToString());
        return Confirmation?.Task ?? Task.FromResult(true);
    }

    public bool Has(RedisChannel channel) => !IsDisconnected && Subscribed.Contains(channel.ToString());

    public void Remove(RedisChannel channel)
    {
        Changes++;
        Subscribed.Remove(channel.ToString());
    }

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _received!(channel, message);

    /// <summary>Gets a value indicating whether the set has ended.</summary>
    public bool IsEnded { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsEnded = true;
        return ValueTask.CompletedTask;
    }
}
