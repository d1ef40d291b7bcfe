namespace TypedSocketRedis.Protocol;

/// <summary>The kind of a MessagePack value for a Socket.IO peer, independent of its width on the wire.</summary>
internal enum MessagePackKind : byte
{
    Nil,

    /// <summary>The legacy form of JavaScript's <c>undefined</c>, <c>d4 00 xx</c>.</summary>
    Undefined,
    Boolean,

    /// <summary>An integer that fits <see cref="long"/>.</summary>
    Integer,

    /// <summary>An integer above <see cref="long.MaxValue"/>.</summary>
    Unsigned,
    Float,
    Text,
    Bytes,
    Array,
    Map,

    /// <summary>A date: the standard timestamp or the legacy form.</summary>
    Date,

    /// <summary>Any other extension.</summary>
    Extension,
}
