using System.Text;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>Feeds broken messages, valid ones between them, to everything that reads what others wrote; the same seed makes the same run.</summary>
/// <remarks>
/// What is read: broadcasts, requests, answers to every kind of request, legacy emitters, and the packets of clients in both forms.
/// What is looked for: exceptions, frames and answers that no official client or server could read, memory that a message is
/// not worth, and valid events that are lost or out of place.
/// </remarks>
internal sealed class FuzzRun
{
    private const int PerRound = 50_000;
    private const int PerBatch = 500;
    private const int PerValid = 50;

    private static readonly FuzzKind[] Mix =
    [
        FuzzKind.Broadcast, FuzzKind.Broadcast, FuzzKind.Broadcast, FuzzKind.Request, FuzzKind.Request, FuzzKind.Request,
        FuzzKind.Answer, FuzzKind.Answer, FuzzKind.Legacy, FuzzKind.Text, FuzzKind.Packed,
    ];

    private readonly FuzzReport _report = new();
    private readonly Random _random;
    private readonly FuzzMutator _mutator;
    private readonly Dictionary<FuzzKind, (FuzzSample Sample, byte[] Channel)[]> _samples;

    private FuzzRun(int seed)
    {
        _random = new Random(seed);
        _mutator = new FuzzMutator(_random);
        _samples = FuzzSample.All.ToDictionary(one => one.Key, one => one.Value.Select(sample => (sample, Encoding.UTF8.GetBytes(sample.Channel))).ToArray());
    }

    /// <summary>Runs.</summary>
    /// <param name="messages">How many messages.</param>
    /// <param name="seed">What chooses them.</param>
    /// <param name="progress">Told now and then how many there have been.</param>
    public static async Task<FuzzReport> RunAsync(long messages, int seed, Action<long>? progress = null)
    {
        var run = new FuzzRun(seed);
        for (long done = 0, round = 0; done < messages; round++)
        {
            var count = (int)Math.Min(PerRound, messages - done);
            await run.RoundAsync(round, count);
            done += count;
            progress?.Invoke(done);
            if (round > 0 && done < messages) continue;
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            run._report.Heap = (round == 0 ? heap : run._report.Heap.First, heap);
        }

        return run._report;
    }

    private async Task RoundAsync(long round, int count)
    {
        await using var node = new FuzzNode(_report, new RedisAdapterOptions
        {
            LegacyEmitters = true,
            SubscriptionMode = round % 2 == 0 ? RedisSubscriptionMode.Pattern : RedisSubscriptionMode.PerRoom,
            PublishOnSpecificResponseChannel = round % 3 == 0,
            RequestsTimeout = TimeSpan.FromHours(1),
        });
        for (var i = 1; i <= count; i++)
        {
            One(node);
            if (i % PerValid == 0) node.ReceiveValid();
            if (i % PerBatch == 0 || i == count) node.Settle();
        }
    }

    private void One(FuzzNode node)
    {
        var kind = Mix[_random.Next(Mix.Length)];
        var (sample, channel) = _samples[kind][_random.Next(_samples[kind].Length)];
        var message = _mutator.Next(FuzzSample.All[kind], sample, node.Asked[_random.Next(node.Asked.Count)]);
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
    }

    private void ReadPacket(FuzzKind kind, ReadOnlyMemory<byte> message)
    {
        try
        {
            using IPacketReader reader = kind == FuzzKind.Text ? new PacketReader(Limits.Default) : new MessagePackPacketReader(Limits.Default);
            var packet = kind == FuzzKind.Text ? reader.Text(message.Span) : reader.Binary(message);
            for (var missing = Limits.Default.Attachments; packet is null && missing > 0; missing--) packet = reader.Binary(message[..Math.Min(3, message.Length)]);
            if (packet is not { } whole) return;
            _report.Packets++;
            if (whole.Type == PacketType.Event) PassOn(new EventData(whole.Body));
        }
        catch (ProtocolException exception)
        {
            _report.Dropped($"client {exception.Cause}");
        }
    }

    /// <summary>A client's event goes to others, in either form, and is read.</summary>
    private void PassOn(EventData data)
    {
        var frame = JsonPackets.Default.Event("/", data);
        if (FuzzSocket.Problem(frame) is { } problem) _report.Fault($"{problem}: {Encoding.UTF8.GetString(frame.Payload(frame.Parts[0]))}");
        using var reader = new MessagePackPacketReader(Limits.Default with { Depth = Limits.Default.Depth + 1 });
        var packed = MessagePackPackets.Instance.Event("/", data);
        if (reader.Binary(packed.Payload(packed.Parts[0]).ToArray()) is null) _report.Fault("A packet is not whole.");
        var arguments = EventArguments.OfEvent(data.Memory);
        for (var i = 0; i < arguments.Count; i++) _ = arguments[i].ToJson();
    }
}
