using System.ComponentModel;

namespace TypedSocketRedis.Protocol;

/// <summary>An event and its arguments, <c>[event, ...args]</c> in MessagePack, encoded once.</summary>
/// <remarks>
/// The bytes are borrowed: whoever hands an <see cref="EventData"/> to a method lends them for that call only. A method
/// that returns a task has taken what it needs before it returns the task.
/// </remarks>
/// <param name="bytes">One MessagePack array whose first element is the event's name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EventData(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The MessagePack array, in contiguous memory.</summary>
    public ReadOnlyMemory<byte> Memory { get; } = bytes;

    /// <summary>The MessagePack array.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;
}
