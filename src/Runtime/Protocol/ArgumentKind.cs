namespace TypedSocketRedis;

/// <summary>What an argument of an event is, before it is read as anything.</summary>
public enum ArgumentKind
{
    /// <summary>Null, or JavaScript's undefined.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An integer or a floating-point number; JavaScript knows no difference.</summary>
    Number,

    /// <summary>Text; a date from a client that speaks JSON is text too.</summary>
    Text,

    /// <summary>Binary data.</summary>
    Bytes,

    /// <summary>A moment in time, from a peer that speaks MessagePack.</summary>
    Date,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>Properties with names.</summary>
    Map,
}
