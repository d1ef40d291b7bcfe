using System.Collections.Immutable;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The requests and responses of the classic adapter and emitter, of one producer in one namespace.</summary>
/// <remarks>
/// <para>Requests are JSON, except for a broadcast that is to be acknowledged, which is MessagePack; so is the acknowledgement of a
/// client. Both are read in either form:</para>
/// <list type="bullet">
/// <item><c>{"uid":"…","requestId":"…","type":5,"opts":{"rooms":[],"except":[]}}</c></item>
/// <item><c>{"requestId":"…","rooms":["a"]}</c>, <c>{"type":8,"requestId":"…","clientCount":1}</c></item>
/// </list>
/// <para>Emitters leave out <c>uid</c>, except in server events. A request without a requestId requests no response. Requests of
/// socket.io-redis up to 5.x, whose numbers mean other things, are recognized by their <c>requestid</c> and dropped.</para>
/// </remarks>
internal sealed class ClassicFormat
{
    /// <summary>The numbers and members of all kinds.</summary>
    public static readonly ImmutableArray<PeerMessageForm> Forms =
    [
        new(PeerMessageKind.Broadcast, 7, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.Packet, PeerMember.Options,
            PeerMember.Extension),
        new(PeerMessageKind.Join, 2, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.Target, PeerMember.Rooms),
        new(PeerMessageKind.Leave, 3, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.Target, PeerMember.Rooms),
        new(PeerMessageKind.Disconnect, 4, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.Target, PeerMember.Close,
            PeerMember.Everywhere),
        new(PeerMessageKind.FetchSockets, 5, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.Target,
            PeerMember.PresencePrefix, PeerMember.Everywhere),
        new(PeerMessageKind.AllRooms, 1, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type),
        new(PeerMessageKind.SocketIds, 0, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.TargetRooms),
        new(PeerMessageKind.ServerEvent, 6, PeerMember.Uid, PeerMember.RequestId, PeerMember.Type, PeerMember.Data, PeerMember.Extension),
        new(PeerMessageKind.Done, null, PeerMember.RequestId),
        new(PeerMessageKind.SocketIdsResponse, null, PeerMember.RequestId, PeerMember.SocketIds),
        new(PeerMessageKind.RoomsResponse, null, PeerMember.RequestId, PeerMember.Rooms),
        new(PeerMessageKind.SocketsResponse, null, PeerMember.RequestId, PeerMember.Sockets),
        new(PeerMessageKind.PresenceResponse, null, PeerMember.RequestId, PeerMember.Presence),
        new(PeerMessageKind.ServerEventResponse, 6, PeerMember.Type, PeerMember.RequestId, PeerMember.Data, PeerMember.Extension),
        new(PeerMessageKind.ClientCount, 8, PeerMember.Type, PeerMember.RequestId, PeerMember.ClientCount),
        new(PeerMessageKind.Ack, 9, PeerMember.Type, PeerMember.RequestId, PeerMember.PacketData),
    ];

    // Values of clients have their own maximum depth; a list of sockets may have many, and is bounded as a whole by its sender.
    private static readonly Limits Values = Limits.Outgoing with { Depth = Limits.Outgoing.Depth + 1 };
    private static readonly Limits Sockets = new() { Depth = Limits.Outgoing.Depth + 3, PacketBytes = Array.MaxLength };

    private readonly string _uid;
    private readonly bool _isEmitter;
    private readonly byte[] _path;
    private readonly byte[] _jsonStart;
    private readonly byte[] _packedUid;
    private readonly Limits _limits;

    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The producer's namespace.</param>
    /// <param name="maxSize">The maximum size of a message that is read, in bytes.</param>
    public ClassicFormat(NodeId uid, string path, int maxSize)
    {
        (_uid, _isEmitter, _path) = (uid.ToString(), uid == NodeId.Emitter, Encoding.UTF8.GetBytes(path));
        _jsonStart = Encoding.UTF8.GetBytes($"{{\"uid\":\"{uid}\",");
        _packedUid = [.. PeerMessageWriter.Text("uid"), .. PeerMessageWriter.Text(_uid)];
        _limits = Limits.Peer with { PacketBytes = maxSize };
    }

    /// <summary>Returns <c>true</c> if this producer wrote the request, by its first bytes: every node receives its own requests.</summary>
    public bool IsOwn(ReadOnlySpan<byte> message) =>
        message.StartsWith(_jsonStart) || (message is [0x85 or 0x86, ..] && message[1..].StartsWith(_packedUid));

    /// <summary>Writes a request or a response.</summary>
    /// <exception cref="ProtocolException">The event or the acknowledgement is malformed, nested too deeply or too large.</exception>
    public byte[] Write(in PeerMessage message)
    {
        var kind = message.Kind;
        using var packed = PooledBuffer.Rent();
        var writer = new MessagePackWriter(packed);
        var uid = _isEmitter && kind != PeerMessageKind.ServerEvent ? null : _uid;
        PeerMessageWriter.Write(ref writer, Forms.Of(kind), message, uid, _path);
        writer.Flush();
        if (kind is PeerMessageKind.Broadcast or PeerMessageKind.Ack) return packed.WrittenSpan.ToArray();

        using var json = PooledBuffer.Rent();
        Transcoder.Write(packed.WrittenMemory, json, IsList(kind) ? Sockets : Values, BinaryForm.Buffer);
        return json.WrittenSpan.ToArray();
    }

    private static bool IsList(PeerMessageKind kind) => kind is PeerMessageKind.SocketsResponse or PeerMessageKind.PresenceResponse;

    /// <summary>Reads a request; never throws.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">The content; its event is a slice of the message, or of memory of its own.</param>
    /// <returns>The reason why the request is dropped, or <see cref="DropReason.None"/>.</returns>
    public DropReason ReadRequest(ReadOnlyMemory<byte> message, out PeerMessage request)
    {
        request = default;
        try
        {
            if (!PeerMessageFields.TryRead(PeerMessageFields.BodyOf(message, _limits), out var fields)) return DropReason.Shape;
            if (fields.IsLegacy) return DropReason.Legacy;
            if (fields.HasLongId) return DropReason.Shape;
            return Forms.Find(fields.Type, isResponse: false) is { } form
                ? fields.Read(form, fields.Text(fields.Uid), out request)
                : DropReason.Type;
        }
        catch (ProtocolException exception)
        {
            return exception.ToDropReason();
        }
    }

    /// <summary>Reads a response.</summary>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public DropReason ReadResponse(ReadOnlyMemory<byte> message, out PeerMessageFields response)
    {
        if (!PeerMessageFields.TryRead(PeerMessageFields.BodyOf(message, _limits), out response)) return DropReason.Shape;
        response.Kind = Forms.Find(response.Type, isResponse: true)?.Kind;
        return DropReason.None;
    }
}
