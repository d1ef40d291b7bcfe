using System.Diagnostics;
using System.Text;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The map that messages between nodes have in addition to those of the JavaScript libraries.</summary>
[Collection(MeasuredAlone.Name)]
public class MessageExtensionTests
{
    private const string File = "14-extension";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{Trace}-b7ad6b7169203331-01";
    private const string Channel = "socket.io#/#";

    private static readonly IReadOnlyList<Vector> Recorded = Vector.Read(File);

    public static TheoryData<string> Names => [.. Recorded.Select(row => row.Name)];

    // A JSON value, or null for no extension; and whether the trace is continued.
    public static TheoryData<string?, bool> Extensions => new()
    {
        { null, false },
        { $$"""{"tp":"{{Parent}}"}""", true },
        { $$"""{"tp":"{{Parent}}","ts":"a=1"}""", true },
        { $$$"""{"seq":7,"tp":"{{{Parent}}}","more":{"nested":[1,{}]}}""", true },
        { $$"""{"tp":"{{Parent}}","ts":"{{new string('x', 513)}}"}""", true },
        { $$"""{"tp":"{{Parent}}","ts":7}""", true },
        { "{}", false },
        { """{"ts":"a=1"}""", false },
        { $$"""{"tp":"{{Parent}}0"}""", false },
        { $$"""{"tp":"{{Parent[..^1]}}"}""", false },
        { $$"""{"tp":"{{Parent.Replace('a', 'g')}}"}""", false },
        { """{"tp":"00-00000000000000000000000000000000-b7ad6b7169203331-01"}""", false },
        { """{"tp":"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"}""", false },
        { """{"tp":7}""", false },
        { """{"tp":null}""", false },
        { """{"tp":{}}""", false },
        { "null", false },
        { "7", false },
        { "[]", false },
        { $"\"{Parent}\"", false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_written_as_recorded(string name)
    {
        var row = Recorded.Single(one => one.Name == name);
        Assert.Equal(Encoding.Latin1.GetString(row.Payload), Encoding.Latin1.GetString(Written(row)));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task A_classic_broadcast_is_delivered_whatever_its_extension_is(string? extension, bool isTraced)
    {
        await using var node = new SingleNode("/", ("one", []));
        byte[] message = [.. Classic().Broadcast(Events.Of("hi"), BroadcastOptions.Everyone, default),
            .. extension is null ? [] : Packed(extension)];
        if (extension is not null) message[0]++;
        AssertDelivered(node, message, isTraced);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task A_sharded_broadcast_is_delivered_whatever_its_extension_is(string? extension, bool isTraced)
    {
        await using var node = new SingleNode(new ShardedRedisAdapterOptions(), "/", ("one", []));
        var member = extension is null ? "" : $",\"ext\":{extension}";
        AssertDelivered(node, Encoding.UTF8.GetBytes(
            $$$"""{"type":3,"data":{"packet":{"type":2,"data":["hi"]},"opts":{"rooms":[]}{{{member}}}},"uid":"x","nsp":"/"}"""), isTraced);
    }

    [Fact]
    public async Task More_elements_than_the_extension_are_skipped()
    {
        await using var node = new SingleNode("/", ("one", []));
        byte[] message = [.. Classic().Broadcast(Events.Of("hi"), BroadcastOptions.Everyone, default),
            .. Packed($$"""{"tp":"{{Parent}}"}"""), 0xC0, 0x80];
        message[0] += 3;
        AssertDelivered(node, message, isTraced: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_recognizes_its_own_messages_with_an_extension(bool isSharded)
    {
        RedisNodeOptions options = isSharded ? new ShardedRedisAdapterOptions() : new RedisAdapterOptions();
        await using var node = new SingleNode(options, "/", ("one", []));
        using var listener = new SpanListener();
        node.Everyone.All.Emit("hi");
        var acks = new AckCollector<int>((ref _, _) => 1, TestContext.Current.CancellationToken);
        node.Adapter.SendWithAck(Events.Of("ask"), BroadcastOptions.Everyone, acks);

        Assert.Equal(2, node.Bus.Published.Count);
        foreach (var (channel, message) in node.Bus.Published)
        {
            Assert.Contains("tp", Encoding.Latin1.GetString(message), StringComparison.Ordinal);
            node.Receive(channel, message);
        }

        Assert.Equal(["own", "own"], node.Reasons);
    }

    [Fact]
    public void A_trace_is_sent_only_while_it_is_recorded()
    {
        Assert.Null(Activity.Current);
        Assert.True(MessageExtension.OfCurrent().IsEmpty);
        using (new Activity("request of a web server that nothing collects").Start()) Assert.True(MessageExtension.OfCurrent().IsEmpty);

        using var recorded = new Activity("recorded").Start();
        recorded.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        recorded.TraceStateString = "a=1";
        Assert.Equal($$"""{"tp":"{{recorded.Id}}","ts":"a=1"}""", Json(MessageExtension.OfCurrent()));
        recorded.TraceStateString = new string('é', MessageExtension.MaxTraceState / 2);
        Assert.Contains("ts", Json(MessageExtension.OfCurrent()), StringComparison.Ordinal);
        recorded.TraceStateString += "é";
        Assert.Equal($$"""{"tp":"{{recorded.Id}}"}""", Json(MessageExtension.OfCurrent()));
    }

    [Fact]
    public void A_trace_never_makes_an_event_too_large()
    {
        var bus = new RecordingBus();
        var plain = Classic().Broadcast(Events.Of("hi", new string('x', 2000)), BroadcastOptions.Everyone, default);
        var emitter = new RedisEmitter(bus, new RedisEmitterOptions { MaxMessageSize = plain.Length });
        using var listener = new SpanListener();

        emitter.Of<ITestEvents>().All.Emit("hi", new string('x', 2000));

        Assert.Equal(plain, Assert.Single(bus.Published).Message);
    }

    [Fact]
    public void Without_a_trace_an_emit_allocates_only_its_message()
    {
        var sink = new RedisEmitter(new SilentSink(), null).Sink("/");
        var data = Events.Of("hi");
        var message = Classic().Broadcast(data, BroadcastOptions.Everyone, default);

        // The fewest of several rounds: the first ones are run by code that is not optimized yet.
        var fewest = Enumerable.Range(0, 50).Min(_ => AllocatedBy(() => sink.Broadcast(data, BroadcastOptions.Everyone), times: 100));

        Assert.Equal(100 * ((message.Length + 24 + 7) & ~7), fewest);
    }

    private static long AllocatedBy(Action action, int times)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertDelivered(SingleNode node, byte[] message, bool isTraced)
    {
        using var listener = new SpanListener();
        node.Receive(Channel, message);
        Assert.Equal([Events.Packet("hi")], node["one"].Received);
        Assert.Empty(node.Reasons);
        var span = Assert.Single(listener.Ended);
        Assert.Equal(isTraced, span.TraceId.ToHexString() == Trace);
        Assert.Equal(isTraced ? "b7ad6b7169203331" : "0000000000000000", span.ParentSpanId.ToHexString());
    }

    private static byte[] Written(Vector row)
    {
        var isSharded = row.Command == "SPUBLISH";
        IEmitterWire wire = isSharded
            ? new ShardedWire(
                "socket.io", ShardedSubscriptionMode.Dynamic, NodeId.Emitter, "/", MessageSize.Default, NodeId.Emitter)
            : Classic();
        var fields = row.Decoded;
        var body = isSharded ? fields.GetProperty("data") : fields;
        if (!isSharded && row.Channel == Channel)
            return wire.Broadcast(new EventData(Packed(fields[1].GetProperty("data").GetRawText())), BroadcastOptions.Everyone,
                Packed(fields[3].GetRawText()));

        var kind = (isSharded ? ShardedFormat.Forms : ClassicFormat.Forms).Find(
            fields.GetProperty("type").GetDouble(), row.Name.Contains("response", StringComparison.Ordinal))!.Kind;
        var data = kind == PeerMessageKind.Broadcast
            ? body.GetProperty("packet").GetProperty("data")
            : body.GetProperty(isSharded ? "packet" : "data");
        return wire.Write(new PeerMessage(kind)
        {
            RequestId = body.TryGetProperty("requestId", out var id) ? PeerMessageWriter.Text(id.GetString()!) : default,
            Target = BroadcastOptions.Everyone,
            Data = row.Name.EndsWith("bytes", StringComparison.Ordinal)
                ? new byte[] { 0x92, 0xA4, (byte)'t', (byte)'e', (byte)'x', (byte)'t', 0xC4, 2, 1, 2 } : Packed(data.GetRawText()),
            Extension = Packed(body.GetProperty("ext").GetRawText()),
        });
    }

    private static byte[] Packed(string json) => JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), Limits.Default).ToArray();

    private static string Json(ReadOnlyMemory<byte> packed)
    {
        using var json = new PooledBuffer();
        Transcoder.Write(packed, json, Limits.Default);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>A bus that keeps nothing.</summary>
    private sealed class SilentSink : IRedisBus
    {
        public BusHealth Health { get; } = new(true, 1, 0, 0, TimeSpan.Zero);

        public bool Publish(RedisChannel channel, byte[] message) => true;

        public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
            Task.FromResult(1L);

        public Task ProcessedAsync(
            IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) =>
            Task.CompletedTask;

        public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) =>
            Task.FromResult(1L);

        public IBusSubscription Subscribe(BusSet set, BusMessageHandler received) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static ClassicWire Classic() => new("socket.io", NodeId.Emitter, "/", MessageSize.Default);
}
