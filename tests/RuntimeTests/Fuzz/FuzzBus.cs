using System.Text.Json;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A bus with a large number of counted nodes that checks all published messages and delivers none.</summary>
internal sealed class FuzzBus(FuzzReport report, bool isSharded) : IRedisBus, IBusSubscription
{
    /// <summary>The id of the request whose response is awaited.</summary>
    public const string Still = "still?";

    private readonly SemaphoreSlim _responded = new(0);
    private readonly ThreadLocal<List<string>?> _requestIds = new();
    private BusMessageHandler? _received;

    /// <summary>Gets or sets the number of nodes, including this one.</summary>
    public long Nodes { get; set; } = 10_000;

    public BusHealth Health { get; } = new(true, 1, 0, 0, TimeSpan.Zero);

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _received!(channel, message);

    /// <summary>Returns the ids of the requests that this thread publishes during an action.</summary>
    public List<string> RequestIdsOf(Action action)
    {
        List<string> ids = [];
        _requestIds.Value = ids;
        action();
        _requestIds.Value = null;
        return ids;
    }

    /// <summary>Waits for the response and returns a value indicating whether it was published before the timeout.</summary>
    public Task<bool> IsRespondedAsync(TimeSpan timeout) => _responded.WaitAsync(timeout);

    public bool Publish(RedisChannel channel, byte[] message)
    {
        try
        {
            Check(message);
            var id = PeerMessageFields.RequestIdOf(message, isSharded);
            if (id == Still) _responded.Release();
            else if (id is not null) _requestIds.Value?.Add(id);
        }
        catch (Exception exception) when (exception is JsonException or ProtocolException)
        {
            report.Fault($"published {Convert.ToHexString(message)}: {exception.Message}");
        }

        report.AddPublished();
        return true;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
        Task.FromResult(Publish(channel, message) ? 1L : 0);

    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) => Task.CompletedTask;

    public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) => Task.FromResult(Nodes);

    public IBusSubscription Subscribe(BusSet set, BusMessageHandler received)
    {
        _received = received;
        return this;
    }

    public Task<bool> AddAsync(RedisChannel channel) => Task.FromResult(true);

    public bool Has(RedisChannel channel) => true;

    public void Remove(RedisChannel channel)
    {
    }

    public ValueTask DisposeAsync()
    {
        _requestIds.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Check(byte[] message)
    {
        if (message is [(byte)'{', ..])
        {
            var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read()) continue;
            return;
        }

        var cursor = new MessagePackCursor(message);
        cursor.Skip(Limits.Default.Depth + 3);
        cursor.End();
    }
}
