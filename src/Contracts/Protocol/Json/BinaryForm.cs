namespace TypedSocketRedis.Protocol;

/// <summary>The representation of binary values in JSON, which has no type for them.</summary>
internal enum BinaryForm : byte
{
    /// <summary>An attachment, replaced by <c>{"_placeholder":true,"num":n}</c>: in packets for clients.</summary>
    Attachment,

    /// <summary>The object that Node writes, <c>{"type":"Buffer","data":[1,2]}</c>: where attachments are not possible.</summary>
    Buffer,

    /// <summary>Base64 text: for the JSON serializer of .NET.</summary>
    Base64,
}
