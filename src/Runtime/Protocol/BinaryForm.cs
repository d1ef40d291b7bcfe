namespace TypedSocketRedis.Protocol;

/// <summary>What becomes of binary values in JSON, which has none.</summary>
internal enum BinaryForm : byte
{
    /// <summary>Lifted out, with <c>{"_placeholder":true,"num":n}</c> in their place: packets for clients.</summary>
    Attachment,

    /// <summary>Spelled out as Node does, <c>{"type":"Buffer","data":[1,2]}</c>: where nothing can be attached.</summary>
    Buffer,
}
