using System.Collections.Immutable;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads and writes the requests of one producer in one namespace.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>{"uid":"…","requestId":"…","type":1}</c>: all rooms</item>
/// <item><c>{"uid":"…","type":2,"opts":{"rooms":[],"except":[]},"rooms":["a"]}</c>: join; 3: leave</item>
/// <item><c>{"uid":"…","type":4,"opts":{"rooms":[],"except":[]},"close":false}</c>: disconnect</item>
/// <item><c>{"uid":"…","requestId":"…","type":5,"opts":{"rooms":[],"except":[]}}</c>: fetch sockets</item>
/// <item>
/// <item><c>{"uid":"…","requestId":"…","type":6,"data":["event",1]}</c>: server event; without requestId no response is requested</item>
/// </item>
/// <item>MessagePack <c>{uid, requestId, type: 7, packet: {type: 2, data, nsp}, opts: {rooms, except, flags}}</c>: a broadcast that is to
/// be acknowledged</item>
/// </list>
/// Emitters leave <c>uid</c> out of 2, 3 and 4.
/// </remarks>
internal sealed class ClassicRequestCodec
{
    private readonly NodeId _uid;
    private readonly byte[] _jsonUid;
    private readonly byte[] _packedUid;
    private readonly byte[] _path;

    /// <summary>Creates the codec of one producer.</summary>
    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The producer's namespace.</param>
    /// <param name="maxSize">The maximum size of a message that is read, in bytes.</param>
    public ClassicRequestCodec(NodeId uid, string path, int maxSize)
    {
        _uid = uid;
        _jsonUid = Encoding.UTF8.GetBytes($"{{\"uid\":\"{uid}\",");
        _packedUid = [0x85, 0xA3, .. "uid"u8, (byte)(0xA0 | uid.ToString().Length), .. Encoding.UTF8.GetBytes(uid.ToString())];
        _path = Encoding.UTF8.GetBytes(path);
        Reader = new RequestReader(maxSize);
    }

    /// <summary>The reader of requests.</summary>
    public RequestReader Reader { get; }

    /// <summary>Returns <c>true</c> if this producer wrote the request, by its first bytes: every node receives its own requests.</summary>
    public bool IsOwn(ReadOnlySpan<byte> message) => message.StartsWith(_jsonUid) || message.StartsWith(_packedUid);

    public byte[] AllRooms(string requestId)
    {
        using var to = Start(PeerRequestType.AllRooms, requestId);
        return End(to);
    }

    public byte[] FetchSockets(string requestId, BroadcastOptions target)
    {
        using var to = Start(PeerRequestType.FetchSockets, requestId);
        WriteTarget(to, target);
        return End(to);
    }

    /// <param name="type">The type: join or leave.</param>
    /// <param name="target">The target sockets.</param>
    /// <param name="rooms">The rooms.</param>
    public byte[] Move(PeerRequestType type, BroadcastOptions target, ImmutableArray<string> rooms)
    {
        using var to = Start(type, requestId: null);
        WriteTarget(to, target);
        to.Write(",\"rooms\":"u8);
        to.WriteTexts(rooms);
        return End(to);
    }

    public byte[] Disconnect(BroadcastOptions target, bool close)
    {
        using var to = Start(PeerRequestType.Disconnect, requestId: null);
        WriteTarget(to, target);
        to.Write(close ? ",\"close\":true"u8 : ",\"close\":false"u8);
        return End(to);
    }

    /// <param name="data">The event.</param>
    /// <param name="requestId">The id of the request, or null if no response is requested.</param>
    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    public byte[] ServerEvent(EventData data, string? requestId)
    {
        using var to = Start(PeerRequestType.ServerEvent, requestId);
        to.Write(",\"data\":"u8);
        to.WriteValue(data.Memory);
        return End(to);
    }

    public byte[] Ask(string requestId, EventData data, BroadcastOptions target)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteRaw(_packedUid);
        writer.WriteString("requestId"u8);
        writer.Write(requestId);
        writer.WriteString("type"u8);
        writer.Write((int)PeerRequestType.Ask);
        writer.WriteString("packet"u8);
        writer.WriteMapHeader(3);
        writer.WriteString("type"u8);
        writer.Write(2);
        writer.WriteString("data"u8);
        writer.WriteRaw(data.Span);
        writer.WriteString("nsp"u8);
        writer.WriteString(_path);
        writer.WriteString("opts"u8);
        ClassicCodec.WriteOptions(ref writer, target, EnvelopeOrder.Adapter);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private PooledBuffer Start(PeerRequestType type, string? requestId)
    {
        var to = PooledBuffer.Rent();
        var isAnonymous = _uid == NodeId.Emitter && type != PeerRequestType.ServerEvent;
        to.Write(isAnonymous ? "{"u8 : _jsonUid);
        if (requestId is not null)
        {
            to.Write("\"requestId\":"u8);
            to.WriteText(requestId);
            to.Write(","u8);
        }

        to.Write("\"type\":"u8);
        to.Write([(byte)('0' + (int)type)]);
        return to;
    }

    private static byte[] End(PooledBuffer to)
    {
        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }

    private static void WriteTarget(PooledBuffer to, BroadcastOptions target)
    {
        to.Write(",\"opts\":{\"rooms\":"u8);
        to.WriteTexts(target.Rooms);
        to.Write(",\"except\":"u8);
        to.WriteTexts(target.Except);
        to.Write("}"u8);
    }
}
