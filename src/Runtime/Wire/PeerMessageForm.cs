using System.Collections.Immutable;

namespace TypedSocketRedis.Redis;

/// <summary>The members of messages, by name and content.</summary>
internal enum PeerMember : byte
{
    /// <summary><c>type</c>: the number of the kind.</summary>
    Type,

    /// <summary><c>uid</c>: the writer's id.</summary>
    Uid,

    /// <summary><c>requestId</c></summary>
    RequestId,

    /// <summary><c>opts</c>: <c>{rooms, except}</c>.</summary>
    Target,

    /// <summary><c>opts</c>: <c>{rooms, except, flags}</c>.</summary>
    Options,

    /// <summary><c>rooms</c>: the rooms to join or leave, or in a response.</summary>
    Rooms,

    /// <summary><c>rooms</c>: those of the target, in a request without <c>opts</c>.</summary>
    TargetRooms,

    /// <summary><c>close</c></summary>
    Close,

    /// <summary><c>data</c>: the event or the acknowledgement.</summary>
    Data,

    /// <summary><c>packet</c>: the event or the acknowledgement.</summary>
    PacketData,

    /// <summary><c>packet</c>: the event as <c>{type, data, nsp}</c>.</summary>
    Packet,

    /// <summary><c>sockets</c>: ids.</summary>
    SocketIds,

    /// <summary><c>sockets</c>: <c>{id, handshake, rooms, data}</c> each.</summary>
    Sockets,

    /// <summary><c>clientCount</c></summary>
    ClientCount,

    /// <summary><c>ext</c>: the map of <see cref="MessageExtension"/>.</summary>
    Extension,
    /// <summary><c>presence</c>: the prefix of user rooms, in a request for counts.</summary>
    PresencePrefix,

    /// <summary><c>presence</c>: <c>{node, sockets, anonymous, users, truncated}</c>.</summary>
    Presence,

    /// <summary><c>everywhere</c>: true in a request for all namespaces of a node.</summary>
    Everywhere,
}

/// <summary>The form of a kind of message in one format.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Type">The number of the kind; null in a response without one.</param>
/// <param name="Members">The members in the order in which they are written.</param>
internal sealed record PeerMessageForm(PeerMessageKind Kind, int? Type, params PeerMember[] Members)
{
    public bool IsResponse => Kind >= PeerMessageKind.Done;
}

/// <summary>Finds a form among those of one format, which has the most frequent ones first.</summary>
internal static class PeerMessageForms
{
    /// <exception cref="NotSupportedException">The format has no message of the kind.</exception>
    public static PeerMessageForm Of(this ImmutableArray<PeerMessageForm> forms, PeerMessageKind kind)
    {
        foreach (var form in forms)
        {
            if (form.Kind == kind) return form;
        }

        throw new NotSupportedException($"The format has no message of the kind {kind}.");
    }

    /// <summary>Returns the form with a number, or null if there is none.</summary>
    /// <param name="forms">The forms of the format.</param>
    /// <param name="type">The number.</param>
    /// <param name="isResponse">True for a response, false for a request, null for either.</param>
    public static PeerMessageForm? Find(this ImmutableArray<PeerMessageForm> forms, double? type, bool? isResponse)
    {
        foreach (var form in forms)
        {
            if (form.Type is not null && form.Type == type && (isResponse is null || form.IsResponse == isResponse)) return form;
        }

        return null;
    }
}
