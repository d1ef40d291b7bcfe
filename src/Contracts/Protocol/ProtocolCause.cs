namespace TypedSocketRedis.Protocol;

/// <summary>The causes for which input is not allowed by the protocol.</summary>
internal enum ProtocolCause : byte
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

/// <summary>The names of the causes.</summary>
internal static class ProtocolCauses
{
    /// <summary>Returns the tag of the metric, which is also the text in log entries.</summary>
    public static string Text(this ProtocolCause cause) => cause switch
    {
        ProtocolCause.Ack => "ack",
        ProtocolCause.Attachments => "attachments",
        ProtocolCause.Code => "code",
        ProtocolCause.Depth => "depth",
        ProtocolCause.Engine => "engine",
        ProtocolCause.Event => "event",
        ProtocolCause.Id => "id",
        ProtocolCause.Json => "json",
        ProtocolCause.Order => "order",
        ProtocolCause.Packet => "packet",
        ProtocolCause.Path => "path",
        ProtocolCause.Payload => "payload",
        ProtocolCause.Size => "size",
        ProtocolCause.Timestamp => "timestamp",
        ProtocolCause.Trailing => "trailing",
        ProtocolCause.Truncated => "truncated",
        ProtocolCause.Type => "type",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "The value is not a cause of a protocol violation."),
    };
}
