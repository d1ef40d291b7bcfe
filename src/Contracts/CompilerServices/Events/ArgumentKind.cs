namespace TypedSocketRedis;

/// <summary>The kind of an event's argument, before it is read as a type.</summary>
public enum ArgumentKind
{
    /// <summary>Null, or JavaScript's undefined.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An integer or a floating-point number; JavaScript has one type for both.</summary>
    Number,

    /// <summary>Text; a date from a client that uses JSON is text too.</summary>
    Text,

    /// <summary>Binary data.</summary>
    Bytes,

    /// <summary>A date and time, from a peer that uses MessagePack.</summary>
    Date,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>An object: named properties.</summary>
    Object,
}
