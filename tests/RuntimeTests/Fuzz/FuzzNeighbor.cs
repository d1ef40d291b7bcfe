using System.Buffers;
using MessagePack;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>Another node with one client that sends only valid messages.</summary>
internal sealed class FuzzNeighbor : IAsyncDisposable
{
    /// <summary>The name of the valid events.</summary>
    public const string Valid = "valid, and in its place";

    /// <summary>A room that no malformed message names.</summary>
    public const string Room = "only valid events are for this room";

    /// <summary>The number of the last event to servers.</summary>
    public const int End = -2;

    /// <summary>The number of an event whose receivers throw an exception.</summary>
    public const int Thrown = -3;

    // One of this many valid events of a kind is changed by the trick.
    private const int BetweenTricks = 10;

    private readonly IClusterWire _wire;
    private readonly Action<RedisChannel, byte[]> _send;
    private readonly FuzzTrick _trick;
    private readonly FuzzValid _tricked;
    private readonly LocalAdapter _local = new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).CreateLocal("/",
        JsonPacketFormat.Default);
    private readonly FuzzSocket _client = new(new FuzzReport(), "");
    private (RedisChannel Channel, byte[] Message)? _kept;
    private int _sent;

    public FuzzNeighbor(RedisNodeOptions options, Action<RedisChannel, byte[]> send, FuzzTrick trick, FuzzValid tricked)
    {
        _wire = options.CreateWire(options.CreateNodeId(), "/");
        (_send, _trick, _tricked) = (send, trick, tricked);
        _local.Rooms.Join(_client.Membership, [_client.Id.ToString()]);
    }

    public SocketId Socket => _client.Id;

    /// <summary>Returns an event with a number.</summary>
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
    public void Send(FuzzValid kind, int number)
    {
        var isTricked = kind == _tricked && ++_sent % BetweenTricks == 0;
        var trick = isTricked ? _trick : FuzzTrick.None;
        var (channel, message) = Written(kind, trick switch { FuzzTrick.Alter => number + 1, FuzzTrick.Throw => Thrown, _ => number });
        if (trick is FuzzTrick.Swap) _kept = (channel, message);
        else if (trick is not FuzzTrick.Drop) _send(channel, message);

        if (trick == FuzzTrick.Twice) _send(channel, message);
        if (kind != _tricked || isTricked || _kept is not { } kept) return;
        _kept = null;
        _send(kept.Channel, kept.Message);
    }

    /// <summary>Sends the last event to the servers.</summary>
    public void SendEnd() => _send(_wire.Requests, ServerEvent(End));

    /// <summary>Requests the sockets to check that the node responds.</summary>
    public void RequestSockets() =>
        _send(_wire.Requests, _wire.Write(new PeerMessage(PeerMessageKind.FetchSockets)
        {
            RequestId = PeerMessageWriter.Text(FuzzBus.Still),
            Target = BroadcastOptions.Everyone with { Rooms = [Room] },
        }));

    /// <summary>Responds to a request for the sockets.</summary>
    public void RespondWithSockets(string uid, string requestId)
    {
        var response = new PeerMessage(PeerMessageKind.SocketsResponse)
        {
            Uid = uid,
            RequestId = PeerMessageWriter.Text(requestId),
            Sockets = _local.Describe(BroadcastOptions.Everyone),
        };
        _send(_wire.ResponseChannel(response), _wire.Write(response));
    }

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    private byte[] ServerEvent(int number) =>
        _wire.Write(new PeerMessage(PeerMessageKind.ServerEvent) { Data = Numbered(number).Memory });

    private (RedisChannel Channel, byte[] Message) Written(FuzzValid kind, int number)
    {
        if (kind == FuzzValid.Servers) return (_wire.Requests, ServerEvent(number));
        var target = kind switch
        {
            FuzzValid.Room => BroadcastOptions.Everyone with { Rooms = [Room] },
            FuzzValid.Others => BroadcastOptions.Everyone with { Excepted = [Room] },
            _ => BroadcastOptions.Everyone,
        };
        return (_wire.ChannelOf(target), _wire.Broadcast(Numbered(number), target, default));
    }
}
