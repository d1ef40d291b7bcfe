using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A bus that remembers what is published, and hands messages to its one subscriber on the caller's thread.</summary>
internal sealed class RecordingBus : IRedisBus, IBusSubscription
{
    private readonly Lock _gate = new();
    private readonly List<(string Channel, byte[] Message)> _published = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BusMessageHandler? _received;

    /// <summary>What was published, in order; a copy.</summary>
    public IReadOnlyList<(string Channel, byte[] Message)> Published
    {
        get { lock (_gate) return [.. _published]; }
    }

    /// <summary>How many nodes Redis counts.</summary>
    public long Nodes { get; set; } = 1;

    /// <summary>The channels and patterns of its one set.</summary>
    public HashSet<string> Subscribed { get; } = new(StringComparer.Ordinal);

    /// <summary>How often channels were added or removed.</summary>
    public int Changes { get; private set; }

    /// <summary>When additions are confirmed, and how; at once when it is not set.</summary>
    public TaskCompletionSource<bool>? Confirmation { get; set; }

    /// <summary>How many connections awaited messages are passed to.</summary>
    public long Receivers { get; set; } = 1;

    /// <summary>Whether Redis is to be away.</summary>
    public bool IsAway { get; set; }

    public BusHealth Health { get; set; } = new(true, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Gets or sets what is called before a message is published.</summary>
    public Action? Publishing { get; set; }

    public bool Publish(RedisChannel channel, byte[] message)
    {
        Publishing?.Invoke();
        if (IsAway) return false;
        lock (_gate)
        {
            _published.Add((channel.ToString(), message));
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return true;
    }

    /// <summary>Waits until a message is published that is looked for.</summary>
    public async Task<(string Channel, byte[] Message)> SeesAsync(Func<(string Channel, byte[] Message), bool> isIt, TimeSpan timeout)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                foreach (var one in _published)
                {
                    if (isIt(one)) return one;
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
        : Task.FromException<long>(new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "away"));

    /// <summary>Gets or sets the wait before a channel takes the place of another one; none when it is not set.</summary>
    public TaskCompletionSource? Processed { get; set; }

    /// <summary>The waits there were: the former channels and the next ones.</summary>
    public List<string> Fences { get; } = [];

    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next)
    {
        Fences.Add($"{string.Join(' ', former)} > {string.Join(' ', next)}");
        return Processed?.Task ?? Task.CompletedTask;
    }

    public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) => IsAway
        ? Task.FromException<long>(new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "away"))
        : Task.FromResult(Nodes);

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

    public bool Has(RedisChannel channel) => !IsAway && Subscribed.Contains(channel.ToString());

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
