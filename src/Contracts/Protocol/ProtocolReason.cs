namespace TypedSocketRedis.Protocol;

/// <summary>The reasons for which input is not allowed by the protocol.</summary>
internal enum ProtocolReason : byte
{
    /// <summary>The arguments of an acknowledgement are not an array.</summary>
    Ack,

    /// <summary>The binary attachments are too many, or do not match the packet.</summary>
    Attachments,

    /// <summary>A byte that begins no MessagePack value.</summary>
    Code,

    /// <summary>Arrays and maps are nested too deeply.</summary>
    Depth,

    /// <summary>The Engine.IO packet is malformed.</summary>
    Engine,

    /// <summary>The data is not an event, or its name is reserved.</summary>
    Event,

    /// <summary>The id of an acknowledgement is not valid.</summary>
    Id,

    /// <summary>The text is not valid JSON.</summary>
    Json,

    /// <summary>A text or binary message arrived where the other one is expected.</summary>
    Order,

    /// <summary>The packet is not a map with the members of a packet.</summary>
    Packet,

    /// <summary>The name of the namespace is missing, too long or not valid.</summary>
    Path,

    /// <summary>The data does not match the type of the packet.</summary>
    Payload,

    /// <summary>The message exceeds its maximum size.</summary>
    Size,

    /// <summary>A MessagePack timestamp of an unknown length.</summary>
    Timestamp,

    /// <summary>Bytes follow the MessagePack value.</summary>
    Trailing,

    /// <summary>The MessagePack ends early.</summary>
    Truncated,

    /// <summary>The type of the packet is unknown, or not one that clients send.</summary>
    Type,
}

/// <summary>The names of the reasons.</summary>
internal static class ProtocolReasons
{
    /// <summary>Returns the tag of the metric, which is also the text in log entries.</summary>
    public static string Text(this ProtocolReason reason) => reason switch
    {
        ProtocolReason.Ack => "ack",
        ProtocolReason.Attachments => "attachments",
        ProtocolReason.Code => "code",
        ProtocolReason.Depth => "depth",
        ProtocolReason.Engine => "engine",
        ProtocolReason.Event => "event",
        ProtocolReason.Id => "id",
        ProtocolReason.Json => "json",
        ProtocolReason.Order => "order",
        ProtocolReason.Packet => "packet",
        ProtocolReason.Path => "path",
        ProtocolReason.Payload => "payload",
        ProtocolReason.Size => "size",
        ProtocolReason.Timestamp => "timestamp",
        ProtocolReason.Trailing => "trailing",
        ProtocolReason.Truncated => "truncated",
        ProtocolReason.Type => "type",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason of a protocol violation."),
    };
}
