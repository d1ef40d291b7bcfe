using System.Text;
using System.Text.Json;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The emitter for servers with sharded pub/sub, compared with recorded messages of a Node.js server.</summary>
public class ShardedEmitterTests
{
    private const string File = "05-sharded";

    private enum RowKind
    {
        Comparable,
        Response,
        ExpectsResponse,
        NothingSent,
        NumberRoom,
        RemoteSocket,
    }

    public static TheoryData<string> Rows =>
        [.. Vector.Read(File).Where(row => KindOf(row) == RowKind.Comparable).Select(row => row.Name).Distinct()];

    [Fact]
    public void Every_row_is_compared_or_excluded_for_a_reason() => Assert.Equal(
        "Comparable 54, ExpectsResponse 21, NothingSent 5, NumberRoom 3, RemoteSocket 2, Response 29",
        string.Join(", ", Vector.Read(File).GroupBy(KindOf).Select(kind => $"{kind.Key} {kind.Count()}").Order(StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_same_call_writes_the_same_bytes_to_the_same_channel(string name)
    {
        foreach (var row in Vector.Read(File).Where(row => row.Name == name))
        {
            var path = row.Decoded.GetProperty("nsp").GetString()!;
            var bus = new RecordingBus();
            var emitter = new RedisEmitter(bus, new RedisEmitterOptions
            {
                Key = row.Channel[..row.Channel.IndexOf($"#{path}#", StringComparison.Ordinal)],
                Sharded = new ShardedEmitterOptions { SubscriptionMode = ModeOf(row) },
            });

            await CallAsync(emitter, path, row);

            var (channel, message) = Assert.Single(bus.Published);
            Assert.Equal(row.Channel, channel);
            Assert.Equal(Expected(row), Encoding.Latin1.GetString(message));
        }
    }

    [Fact]
    public void All_channels_are_sharded()
    {
        var channels = new ShardedChannels("p", "/", ShardedSubscriptionMode.Dynamic);

        Assert.True(channels.Namespace.IsSharded);
        Assert.True(channels.Broadcast(["room"]).IsSharded);
    }

    [Fact]
    public async Task An_empty_room_causes_no_warning_about_missing_receivers()
    {
        const int NotReceived = 1212;
        var log = new RecordingLogger();
        var emitter = new RedisEmitter(new RecordingBus { Receivers = 0 },
            new RedisEmitterOptions { LoggerFactory = log, Sharded = new ShardedEmitterOptions() });

        await emitter.Of<ITestEvents>().To("empty").EmitAsync("hello");
        Assert.Equal(0, log.Count(NotReceived));

        await emitter.Of<ITestEvents>().All.EmitAsync("hello");
        Assert.Equal(1, log.Count(NotReceived));
    }

    [Fact]
    public void An_invalid_mode_is_rejected_by_name() => Assert.Contains(
        "SubscriptionMode must be the servers' one of Dynamic, Static, DynamicPrivate, but is 7",
        Assert.Throws<ArgumentException>(
            () => new RedisEmitter(new RecordingBus(),
                new RedisEmitterOptions { Sharded = new ShardedEmitterOptions { SubscriptionMode = (ShardedSubscriptionMode)7 } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_message_above_the_maximum_size_is_rejected()
    {
        var emitter = new RedisEmitter(new RecordingBus(),
            new RedisEmitterOptions { MaxMessageSize = 1024, Sharded = new ShardedEmitterOptions() });
        var text = new string('x', 2000);

        Assert.Contains("MaxMessageSize", Assert.Throws<ArgumentException>(() => emitter.Of<ITestEvents>().All.Emit("m", text)).Message,
            StringComparison.Ordinal);
        Assert.Contains("MaxMessageSize",
            (await Assert.ThrowsAsync<ArgumentException>(() => emitter.Sink("/").SendAsync(Events.Of("m", text), CancellationToken.None)
                .AsTask())).Message, StringComparison.Ordinal);
    }

    private static RowKind KindOf(Vector row)
    {
        if (row.Command == "NONE") return RowKind.NothingSent;
        if (FormOf(row).IsResponse) return RowKind.Response;
        var data = row.Decoded.GetProperty("data");
        if (data.TryGetProperty("requestId", out _)) return RowKind.ExpectsResponse;
        if (!data.TryGetProperty("opts", out var options)) return RowKind.Comparable;
        if (options.GetProperty("flags").TryGetProperty("expectSingleResponse", out _)) return RowKind.RemoteSocket;
        return options.GetProperty("rooms").EnumerateArray().Any(room => room.ValueKind == JsonValueKind.Number)
            ? RowKind.NumberRoom
            : RowKind.Comparable;
    }

    private static PeerMessageForm FormOf(Vector row) =>
        ShardedFormat.Forms.Find(row.Decoded.GetProperty("type").GetInt32(), isResponse: null)!;

    private static ShardedSubscriptionMode ModeOf(Vector row) =>
        row.Name.StartsWith("static", StringComparison.Ordinal) ? ShardedSubscriptionMode.Static
        : row.Name.StartsWith("dynamic-private", StringComparison.Ordinal) ? ShardedSubscriptionMode.DynamicPrivate
        : ShardedSubscriptionMode.Dynamic;

    /// <summary>Returns the recorded message with the emitter as its sender.</summary>
    private static string Expected(Vector row)
    {
        var uid = row.Decoded.GetProperty("uid").GetString()!;
        var recorded = Encoding.Latin1.GetString(row.Payload);
        return row.IsMessagePack
            ? recorded.Replace($"\u00b0{uid}", "\u00a7emitter", StringComparison.Ordinal)
            : recorded.Replace($"\"uid\":\"{uid}\"", "\"uid\":\"emitter\"", StringComparison.Ordinal);
    }

    private static Task CallAsync(RedisEmitter emitter, string path, Vector row)
    {
        var data = row.Decoded.GetProperty("data");
        var chain = data.TryGetProperty("opts", out var options) ? Chain(emitter.Of<ITestEvents>().In(path), options)
            : emitter.Of<ITestEvents>().In(path).All;
        switch (FormOf(row).Kind)
        {
            case PeerMessageKind.Broadcast:
                chain.Emit(DataOf(row, data.GetProperty("packet").GetProperty("data")));
                return Task.CompletedTask;
            case PeerMessageKind.Join:
                return chain.JoinAsync(Texts(data.GetProperty("rooms"))).AsTask();
            case PeerMessageKind.Leave:
                return chain.LeaveAsync(Texts(data.GetProperty("rooms"))).AsTask();
            case PeerMessageKind.Disconnect:
                return chain.DisconnectAsync(data.GetProperty("close").GetBoolean()).AsTask();
            default:
                return emitter.Sink(path).SendAsync(DataOf(row, data.GetProperty("packet")), CancellationToken.None).AsTask();
        }
    }

    private static IBroadcast<ITestEvents> Chain(IEmitter<ITestEvents> io, JsonElement options)
    {
        var chain = Texts(options.GetProperty("rooms")) is { Length: > 0 } rooms ? io.To(rooms.AsEnumerable()) : io.All;
        chain = chain.Except(Texts(options.GetProperty("except")));
        foreach (var flag in options.GetProperty("flags").EnumerateObject())
        {
            chain = flag.Name switch
            {
                "volatile" => chain.Volatile(),
                "compress" => chain.Compress(flag.Value.GetBoolean()),
                "timeout" => chain.WithTimeout(TimeSpan.FromMilliseconds(flag.Value.GetInt32())),
                _ => throw new NotSupportedException(flag.Name),
            };
        }

        return chain;
    }

    private static string[] Texts(JsonElement names) => [.. names.EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>Returns the event of a recorded message, converted from JSON or as its bytes in MessagePack.</summary>
    private static EventData DataOf(Vector row, JsonElement json)
    {
        if (!row.IsMessagePack) return new EventData(MessagePackSerializer.ConvertFromJson(json.GetRawText()));
        var reader = new MessagePackReader(row.Payload);
        Enter(ref reader, "data");
        Enter(ref reader, "packet");
        if (reader.NextMessagePackType == MessagePackType.Map) Enter(ref reader, "data");
        return new EventData(reader.ReadRaw().First.ToArray());
    }

    private static void Enter(ref MessagePackReader reader, string member)
    {
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (reader.ReadString() == member) return;
            reader.Skip();
        }

        throw new InvalidOperationException($"The member {member} is missing.");
    }
}
