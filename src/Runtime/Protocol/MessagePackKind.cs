namespace TypedSocketRedis.Protocol;

/// <summary>What a MessagePack value means to a Socket.IO peer, whatever its width on the wire.</summary>
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

    /// <summary>A moment, standard timestamp or the legacy form.</summary>
    Date,

    /// <summary>Any other extension.</summary>
    Extension,
}
