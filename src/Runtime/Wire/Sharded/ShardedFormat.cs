using System.Collections.Immutable;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The messages of the sharded adapter, of one producer in one namespace.</summary>
/// <remarks>
/// Wire:
/// <c>{"type":3,"data":{"packet":{"type":2,"data":["event",1]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"…","nsp":"/"}</c>, in
/// JSON, and in MessagePack with the same members in the same order as soon as there are bytes in it; either is read whatever the type. A
/// message names its namespace; one without a namespace is dropped.
/// </remarks>
internal sealed class ShardedFormat
{
    /// <summary>The numbers of all kinds, and the members of <c>data</c>.</summary>
    public static readonly ImmutableArray<PeerMessageForm> Forms =
    [
        new(PeerMessageKind.Broadcast, 3, PeerMember.Packet, PeerMember.RequestId, PeerMember.Options, PeerMember.Extension),
        new(PeerMessageKind.Join, 4, PeerMember.Options, PeerMember.Rooms),
        new(PeerMessageKind.Leave, 5, PeerMember.Options, PeerMember.Rooms),
        new(PeerMessageKind.Disconnect, 6, PeerMember.Options, PeerMember.Close, PeerMember.Everywhere),
        new(PeerMessageKind.FetchSockets, 7, PeerMember.Options, PeerMember.RequestId, PeerMember.PresencePrefix, PeerMember.Everywhere),
        new(PeerMessageKind.SocketsResponse, 8, PeerMember.RequestId, PeerMember.Sockets),
        new(PeerMessageKind.PresenceResponse, 8, PeerMember.RequestId, PeerMember.Presence),
        new(PeerMessageKind.ServerEvent, 9, PeerMember.RequestId, PeerMember.PacketData, PeerMember.Extension),
        new(PeerMessageKind.ServerEventResponse, 10, PeerMember.RequestId, PeerMember.PacketData, PeerMember.Extension),
        new(PeerMessageKind.ClientCount, 11, PeerMember.RequestId, PeerMember.ClientCount),
        new(PeerMessageKind.Ack, 12, PeerMember.RequestId, PeerMember.PacketData),
    ];

    private readonly byte[] _path;
    private readonly byte[] _end;
    private readonly byte[] _jsonEnd;
    private readonly Limits _limits;

    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The namespace.</param>
    /// <param name="maxSize">The maximum size of a message that is read, in bytes.</param>
    public ShardedFormat(NodeId uid, string path, int maxSize)
    {
        _path = Encoding.UTF8.GetBytes(path);
        _end = [.. new[] { "uid", uid.ToString(), "nsp", path }.SelectMany(PeerMessageWriter.Text)];
        using var json = PooledBuffer.Rent();
        Transcoder.Write(PeerMessageWriter.Text(path), json, Limits.Peer);
        _jsonEnd = [.. Encoding.UTF8.GetBytes($",\"uid\":\"{uid}\",\"nsp\":"), .. json.WrittenSpan, (byte)'}'];
        _limits = Limits.Peer with { PacketBytes = maxSize };
    }

    /// <summary>
    /// Returns <c>true</c> if this producer wrote the message: decided on its last bytes, because every node receives its own messages.
    /// </summary>
    public bool IsOwn(ReadOnlySpan<byte> message) => message.EndsWith(_jsonEnd) || message.EndsWith(_end);

    /// <summary>Writes a message.</summary>
    /// <exception cref="ProtocolException">The event or the acknowledgement is malformed, nested too deeply or too large.</exception>
    /// <exception cref="NotSupportedException">There is no such message.</exception>
    public byte[] Write(in PeerMessage message)
    {
        var form = Forms.Of(message.Kind);
        using var packed = PooledBuffer.Rent();
        var writer = new MessagePackWriter(packed);
        writer.WriteMapHeader(4);
        writer.WriteString("type"u8);
        writer.Write(form.Type!.Value);
        writer.WriteString("data"u8);
        PeerMessageWriter.Write(ref writer, form, message, uid: null, path: null);
        writer.WriteRaw(_end);
        writer.Flush();

        // Bytes have no JSON: a value with bytes stays as it is.
        using var json = PooledBuffer.Rent();
        var hasBytes = Transcoder.Write(packed.WrittenMemory, json, Limits.Peer) is not null;
        return (hasBytes ? packed : json).WrittenSpan.ToArray();
    }

    /// <summary>Reads a message; never throws.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">The content of a request; its event is a slice of the message, or of memory of its own.</param>
    /// <param name="response">The content of a response, the same; a request has no kind here.</param>
    /// <returns>The reason why the message is dropped, or <see cref="DropReason.None"/>.</returns>
    public DropReason Read(ReadOnlyMemory<byte> message, out PeerMessage request, out PeerMessageFields response)
    {
        (request, response) = (default, default);
        try
        {
            var reason = Read(message, out var form, out var fields, out var uid);
            if (reason != DropReason.None) return reason;
            if (form!.IsResponse)
            {
                response = ResponseOf(form, fields);
                return DropReason.None;
            }

            var hasTarget = fields.Value(fields.Options).Kind == MessagePackKind.Map;
            if (!hasTarget && form.Kind != PeerMessageKind.ServerEvent) return DropReason.Options;
            return fields.Read(form, uid, out request);
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
        var reason = Read(message, out var form, out response, out _);
        if (reason != DropReason.None) return reason;
        response = ResponseOf(form!, response);
        return form!.IsResponse ? DropReason.None : DropReason.Type;
    }

    // Acknowledgements of servers and of clients have one name here.
    private static PeerMessageFields ResponseOf(PeerMessageForm form, PeerMessageFields fields) =>
        fields with { Kind = form.Kind, Data = fields.Packet };

    /// <summary>Reads what surrounds the data of a message, and the positions of the members of its data.</summary>
    private DropReason Read(ReadOnlyMemory<byte> message, out PeerMessageForm? form, out PeerMessageFields data, out string? uid)
    {
        (form, data, uid) = (null, default, null);
        if (!PeerMessageFields.TryRead(PeerMessageFields.BodyOf(message, _limits), out var whole)) return DropReason.Shape;
        if (!PeerValues.Is(whole.Value(whole.Nsp), _path)) return DropReason.Namespace;
        form = Forms.Find(whole.Type, isResponse: null);
        if (form is null) return DropReason.Type;
        var body = whole.Body[whole.Data];
        if (body.IsEmpty || !PeerMessageFields.TryRead(body, out data)) return DropReason.Data;
        if (whole.HasLongId || data.HasLongId) return DropReason.Shape;
        uid = whole.Text(whole.Uid);
        return DropReason.None;
    }
}
