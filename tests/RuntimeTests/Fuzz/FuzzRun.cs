using System.Text;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A run of malformed and valid messages for all readers of untrusted input. The same seed repeats a run.</summary>
/// <remarks>
/// The messages are broadcasts, requests, responses to every kind of request and messages of legacy emitters for the classic
/// adapter, the same for the sharded adapter in both formats, and packets of clients in both formats. The faults are exceptions,
/// frames and responses that no official client or server can read, excessive allocations, and valid events and responses that
/// are lost, repeated, changed or out of order.
/// </remarks>
internal sealed class FuzzRun
{
    /// <summary>The maximum allocation per message in bytes beyond 64 times its size: a table of its rooms and a first buffer.</summary>
    public const long MaxAllocated = 256 * 1024;

    private const long MaxHeapGrowth = 32 * 1024 * 1024;
    private const int PerRound = 50_000;
    private const int PerBatch = 500;
    private const int PerValid = 50;

    private static readonly FuzzKind[] Classic =
    [
        FuzzKind.Broadcast, FuzzKind.Broadcast, FuzzKind.Broadcast, FuzzKind.Request, FuzzKind.Request, FuzzKind.Request,
        FuzzKind.Response, FuzzKind.Response, FuzzKind.Legacy, FuzzKind.Text, FuzzKind.Packed,
    ];

    private static readonly FuzzKind[] Sharded =
    [
        FuzzKind.Sharded, FuzzKind.Sharded, FuzzKind.Sharded, FuzzKind.Sharded, FuzzKind.Sharded, FuzzKind.Sharded,
        FuzzKind.ShardedResponse, FuzzKind.ShardedResponse, FuzzKind.ShardedResponse, FuzzKind.Text, FuzzKind.Packed,
    ];

    private readonly FuzzReport _report = new();
    private readonly Random _random;
    private readonly FuzzMutator _mutator;
    private readonly FuzzTrick _trick;
    private readonly FuzzValid _tricked;
    private readonly Dictionary<FuzzKind, (FuzzSample Sample, byte[] Channel)[]> _samples;

    private FuzzRun(int seed, FuzzTrick trick, FuzzValid tricked)
    {
        _random = new Random(seed);
        _mutator = new FuzzMutator(_random);
        (_trick, _tricked) = (trick, tricked);
        _samples = FuzzSample.All.ToDictionary(one => one.Key,
            one => one.Value.Select(sample => (sample, Encoding.UTF8.GetBytes(sample.Channel))).ToArray());
    }

    /// <summary>Runs with the classic adapter and the sharded one in turn, 50,000 messages each.</summary>
    /// <param name="messages">The number of messages.</param>
    /// <param name="seed">The seed of the random messages.</param>
    /// <param name="progress">The callback with the number of messages after each round, or null for none.</param>
    public static async Task<FuzzReport> RunAsync(long messages, int seed, Action<long>? progress = null)
    {
        var run = new FuzzRun(seed, FuzzTrick.None, default);
        for (long done = 0, round = 0; done < messages; round++)
        {
            var count = (int)Math.Min(PerRound, messages - done);
            await run.RoundAsync(isSharded: round % 2 == 1, (int)(round / 2), count);
            done += count;
            progress?.Invoke(done);
            if (round > 1 && done < messages) continue;
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            run._report.Heap = (round < 2 ? heap : run._report.Heap.First, heap);
        }

        if (run._report.Heap is var (first, last) && last > first + MaxHeapGrowth)
            run._report.Fault($"The heap grew from {first} to {last} bytes.");
        return run._report;
    }

    /// <summary>Runs one round with a change of some valid events of one kind, which must cause faults.</summary>
    public static async Task<FuzzReport> RunTrickedAsync(bool isSharded, int messages, int seed, FuzzTrick trick, FuzzValid tricked)
    {
        var run = new FuzzRun(seed, trick, tricked);
        await run.RoundAsync(isSharded, 0, messages);
        return run._report;
    }

    private static RedisNodeOptions OptionsOf(bool isSharded, int number)
    {
        RedisNodeOptions options = isSharded
            ? new ShardedRedisAdapterOptions { SubscriptionMode = (ShardedSubscriptionMode)(number % 3) }
            : new RedisAdapterOptions
            {
                LegacyEmitters = true,
                SubscriptionMode = number % 2 == 0 ? RedisSubscriptionMode.Pattern : RedisSubscriptionMode.PerRoom,
                PublishOnSpecificResponseChannel = number % 3 == 0,
            };
        options.RequestsTimeout = TimeSpan.FromHours(1);
        return options;
    }

    private async Task RoundAsync(bool isSharded, int number, int count)
    {
        await using var node = new FuzzNode(_report, OptionsOf(isSharded, number), _trick, _tricked);
        for (var i = 1; i <= count; i++)
        {
            One(node, isSharded ? Sharded : Classic);
            if (i % PerValid == 0) node.ReceiveValid();
            if (i % PerBatch == 0 || i == count) await node.SettleAsync();
        }
    }

    private void One(FuzzNode node, FuzzKind[] mix)
    {
        var kind = mix[_random.Next(mix.Length)];
        var (sample, channel) = _samples[kind][_random.Next(_samples[kind].Length)];
        var isResponse = kind == FuzzKind.ShardedResponse ? _random.Next(4) > 0 : kind == FuzzKind.Sharded && _random.Next(8) == 0;
        if (isResponse) channel = node.ResponseChannel;
        var message = _mutator.Next(FuzzSample.All[kind], sample, node.RequestIds[_random.Next(node.RequestIds.Count)]);
        _report.Sent(kind, _mutator.Change);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (kind is FuzzKind.Text or FuzzKind.Packed) ReadPacket(kind, message);
            else node.Receive(channel, message);
        }
        catch (Exception exception)
        {
            _report.Fault($"{kind} {_mutator.Change} {Convert.ToHexString(message.Span)}: {exception}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - (64L * message.Length);
        _report.MostAllocated = Math.Max(_report.MostAllocated, allocated);
        if (allocated > MaxAllocated) _report.Fault($"{kind} {_mutator.Change} of {message.Length} bytes allocated {allocated} bytes.");
    }

    private void ReadPacket(FuzzKind kind, ReadOnlyMemory<byte> message)
    {
        try
        {
            using IPacketReader reader = kind == FuzzKind.Text ? new JsonPacketReader(Limits.Default)
                : new MessagePackPacketReader(Limits.Default);
            var packet = kind == FuzzKind.Text ? reader.Text(message.Span) : reader.Binary(message);
            for (var missing = Limits.Default.Attachments; packet is null && missing > 0; missing--)
                packet = reader.Binary(message[..Math.Min(3, message.Length)]);
            if (packet is not { } complete) return;
            _report.Packets++;
            if (complete.Type == PacketType.Event) Forward(new EventData(complete.Body));
        }
        catch (ProtocolException exception)
        {
            _report.Dropped($"client {exception.Reason.Text()}");
        }
    }

    /// <summary>Forwards the event of a client to others in both formats and reads it.</summary>
    private void Forward(EventData data)
    {
        var frame = JsonPacketFormat.Default.Event("/", data);
        if (FuzzSocket.Problem(frame) is { } problem) _report.Fault($"{problem}: {Encoding.UTF8.GetString(frame.Payload(frame.Parts[0]))}");
        using var reader = new MessagePackPacketReader(Limits.Default with { Depth = Limits.Default.Depth + 1 });
        var packed = MessagePackPacketFormat.Instance.Event("/", data);
        if (reader.Binary(packed.Payload(packed.Parts[0]).ToArray()) is null) _report.Fault("A packet is incomplete.");
        var arguments = SocketArguments.OfEvent(data.Memory);
        for (var i = 0; i < arguments.Count; i++) _ = arguments[i].ToJson();
    }
}
