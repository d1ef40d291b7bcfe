using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The reasons why a message from Redis is dropped.</summary>
internal enum DropReason : byte
{
    /// <summary>Success: the message is not dropped.</summary>
    None,

    /// <summary>The channel does not belong to this namespace.</summary>
    Channel,

    /// <summary>The room has no members on this node: normal, never logged.</summary>
    UnknownRoom,

    /// <summary>The message was sent by this node: normal, never logged.</summary>
    Own,

    /// <summary>The message is for another namespace: normal, never logged.</summary>
    Namespace,

    /// <summary>Another copy of the same broadcast reaches the same sockets: normal, never logged.</summary>
    Duplicate,

    /// <summary>A response that is not awaited, or no longer: normal, never logged.</summary>
    Unawaited,

    /// <summary>A request to move or disconnect sockets whose sender the options do not allow.</summary>
    Refused,

    /// <summary>A request of socket.io-redis up to 5.x, whose numbers have other meanings.</summary>
    Legacy,

    /// <summary>The queue of requests, responses or server events is full.</summary>
    Busy,

    /// <summary>Other nodes requested more acknowledgements than are kept; the oldest request was dropped.</summary>
    Acks,

    /// <summary>The limit on queued bytes is reached.</summary>
    Backlog,

    /// <summary>The message, or the packet for the clients, exceeds its maximum size.</summary>
    Size,

    /// <summary>The message does not have the outer form of a broadcast, request or response, or its id is too long.</summary>
    Shape,

    /// <summary>The packet is missing, or not a map.</summary>
    Packet,

    /// <summary>The type of the packet or message is unknown, or not allowed there.</summary>
    Type,

    /// <summary>The data is missing, or not an array.</summary>
    Data,

    /// <summary>The data is not an event that servers can send: the name is reserved, or neither a text nor a number.</summary>
    Event,

    /// <summary>The options with the target are missing, or not a map.</summary>
    Options,

    /// <summary>The list of rooms is not a list, names no room that can exist, or has too many.</summary>
    Rooms,

    /// <summary>The MessagePack ends early.</summary>
    Truncated,

    /// <summary>Bytes follow the MessagePack.</summary>
    Trailing,

    /// <summary>Arrays and maps are nested too deeply.</summary>
    Depth,

    /// <summary>A byte that begins no MessagePack value.</summary>
    Code,

    /// <summary>A MessagePack timestamp of an unknown length.</summary>
    Timestamp,

    /// <summary>The text is not valid JSON.</summary>
    Json,

    /// <summary>The event has more binary values than clients accept.</summary>
    Attachments,

    /// <summary>Handling the message failed unexpectedly.</summary>
    Handler,
}

/// <summary>The names and properties of the reasons.</summary>
internal static class DropReasons
{
    /// <summary>Returns the tag of the metric, which is also the text in log entries.</summary>
    public static string Text(this DropReason reason) => reason switch
    {
        DropReason.Channel => "channel",
        DropReason.UnknownRoom => "unknown_room",
        DropReason.Own => "own",
        DropReason.Namespace => "namespace",
        DropReason.Duplicate => "duplicate",
        DropReason.Unawaited => "unawaited",
        DropReason.Refused => "refused",
        DropReason.Legacy => "legacy",
        DropReason.Busy => "busy",
        DropReason.Acks => "acks",
        DropReason.Backlog => "backlog",
        DropReason.Size => "size",
        DropReason.Shape => "shape",
        DropReason.Packet => "packet",
        DropReason.Type => "type",
        DropReason.Data => "data",
        DropReason.Event => "event",
        DropReason.Options => "options",
        DropReason.Rooms => "rooms",
        DropReason.Truncated => "truncated",
        DropReason.Trailing => "trailing",
        DropReason.Depth => "depth",
        DropReason.Code => "code",
        DropReason.Timestamp => "timestamp",
        DropReason.Json => "json",
        DropReason.Attachments => "attachments",
        DropReason.Handler => "handler",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason to drop a message."),
    };

    /// <summary>Returns <c>true</c> if a reason is part of ordinary traffic.</summary>
    public static bool IsNormal(this DropReason reason) => reason is DropReason.UnknownRoom or DropReason.Own or DropReason.Namespace
        or DropReason.Duplicate or DropReason.Unawaited;

    /// <summary>Returns the reason to drop a message that the protocol does not allow.</summary>
    /// <remarks>The other reasons of the exception are those of clients' packets.</remarks>
    public static DropReason ToDropReason(this ProtocolException exception) => exception.Reason switch
    {
        ProtocolReason.Size => DropReason.Size,
        ProtocolReason.Event => DropReason.Event,
        ProtocolReason.Truncated => DropReason.Truncated,
        ProtocolReason.Trailing => DropReason.Trailing,
        ProtocolReason.Depth => DropReason.Depth,
        ProtocolReason.Code => DropReason.Code,
        ProtocolReason.Timestamp => DropReason.Timestamp,
        ProtocolReason.Json => DropReason.Json,
        ProtocolReason.Attachments => DropReason.Attachments,
        _ => DropReason.Shape,
    };
}
