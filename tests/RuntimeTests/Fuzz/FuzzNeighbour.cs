using System.Buffers;
using MessagePack;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>Another node with one client, whose messages are all valid.</summary>
internal sealed class FuzzNeighbour : IAsyncDisposable
{
    /// <summary>The name of its events.</summary>
    public const string Valid = "valid, and in its place";

    /// <summary>A room that no broken message names.</summary>
    public const string Room = "only valid events are for this room";

    /// <summary>The number of the event to servers after which nothing comes.</summary>
    public const int End = -2;

    /// <summary>The number of an event that its receivers throw for.</summary>
    public const int Thrown = -3;

    // How many valid events of a kind there are between two that a trick is played on.
    private const int BetweenTricks = 10;

    private readonly IClusterWire _wire;
    private readonly Action<RedisChannel, byte[]> _send;
    private readonly FuzzTrick _trick;
    private readonly FuzzValid _tricked;
    private readonly LocalAdapter _local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/", JsonPackets.Default);
    private readonly FuzzSocket _client = new(new FuzzReport(), "");
    private (RedisChannel Channel, byte[] Message)? _kept;
    private int _said;

    public FuzzNeighbour(RedisNodeOptions options, Action<RedisChannel, byte[]> send, FuzzTrick trick, FuzzValid tricked)
    {
        _wire = options.CreateWire(options.CreateNodeId(), "/");
        (_send, _trick, _tricked) = (send, trick, tricked);
        _local.Rooms.Join(_client.Membership, [_client.Id.ToString()]);
    }

    public SocketId Socket => _client.Id;

    /// <summary>An event with a number.</summary>
    public static EventData Numbered(int number, string name = Valid)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write(name);
        writer.Write(number);
        writer.Flush();
        return new EventData(buffer.WrittenMemory);
    }

    /// <summary>Sends a numbered event.</summary>
    public void Say(FuzzValid kind, int number)
    {
        var isTricked = kind == _tricked && ++_said % BetweenTricks == 0;
        var trick = isTricked ? _trick : FuzzTrick.None;
        var (channel, message) = Written(kind, trick switch { FuzzTrick.Alter => number + 1, FuzzTrick.Throw => Thrown, _ => number });
        if (trick is FuzzTrick.Swap) _kept = (channel, message);
        else if (trick is not FuzzTrick.Drop) _send(channel, message);

        if (trick == FuzzTrick.Twice) _send(channel, message);
        if (kind != _tricked || isTricked || _kept is not { } kept) return;
        _kept = null;
        _send(kept.Channel, kept.Message);
    }

    /// <summary>Tells the servers that no more events come.</summary>
    public void SayEnd() => _send(_wire.Requests, _wire.ServerEvent(Numbered(End), requestId: null));

    /// <summary>Asks for sockets, to see that it is answered.</summary>
    public void AskStill() => _send(_wire.Requests, _wire.FetchSockets(FuzzBus.Still, BroadcastOptions.Everyone with { Rooms = [Room] }));

    /// <summary>Answers a request for its sockets.</summary>
    public void AnswerSockets(string uid, string requestId)
    {
        var id = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(id);
        writer.Write(requestId);
        writer.Flush();
        var request = new PeerRequest { Type = PeerRequestType.FetchSockets, Uid = uid, RequestId = id.WrittenMemory };
        var (channel, message) = _wire.Answer(request, new PeerAnswer.Sockets(_local.Describe(BroadcastOptions.Everyone, _local)));
        _send(channel, message);
    }

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    private (RedisChannel Channel, byte[] Message) Written(FuzzValid kind, int number)
    {
        if (kind == FuzzValid.Servers) return (_wire.Requests, _wire.ServerEvent(Numbered(number), requestId: null));
        var target = kind switch
        {
            FuzzValid.Room => BroadcastOptions.Everyone with { Rooms = [Room] },
            FuzzValid.Others => BroadcastOptions.Everyone with { Except = [Room] },
            _ => BroadcastOptions.Everyone,
        };
        return (_wire.ChannelOf(target), _wire.Broadcast(Numbered(number), target));
    }
}
