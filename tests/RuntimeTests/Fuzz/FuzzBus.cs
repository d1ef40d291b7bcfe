using System.Text.Json;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A bus of very many nodes that looks at everything it is given and hands on nothing.</summary>
internal sealed class FuzzBus(FuzzReport report) : IRedisBus, IBusSubscription
{
    /// <summary>The request whose answer is looked for.</summary>
    public const string Still = "still?";

    private readonly SemaphoreSlim _answered = new(0);
    private BusMessageHandler? _received;

    /// <summary>The ids of requests that this node has published, while they are gathered.</summary>
    public List<string>? Asked { get; set; }

    public BusHealth Health { get; } = new(true, 1, 0, 0, TimeSpan.Zero);

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _received!(channel, message);

    /// <summary>Waits for the answer, for a moment.</summary>
    public bool IsAnswered(TimeSpan timeout) => _answered.Wait(timeout);

    public bool Publish(RedisChannel channel, byte[] message)
    {
        try
        {
            Check(message);
            var id = ResponseCodec.RequestIdOf(message);
            if (id == Still) _answered.Release();
            else if (id is not null) Asked?.Add(id);
        }
        catch (Exception exception) when (exception is JsonException or ProtocolException)
        {
            report.Fault($"published {Convert.ToHexString(message)}: {exception.Message}");
        }

        report.AddPublished();
        return true;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) => Task.FromResult(Publish(channel, message) ? 1L : 0);

    public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) => Task.FromResult(10_000L);

    public IBusSubscription Subscribe(RedisChannel probe, BusMessageHandler received)
    {
        _received = received;
        return this;
    }

    public Task<bool> AddAsync(RedisChannel channel) => Task.FromResult(true);

    public bool Has(RedisChannel channel) => true;

    public void Remove(RedisChannel channel)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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
