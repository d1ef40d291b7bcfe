using System.ComponentModel;

namespace TypedSocketRedis.CompilerServices;

/// <summary>An event and its arguments, <c>[event, ...args]</c> in MessagePack, encoded once.</summary>
/// <remarks>
/// The bytes are a borrowed buffer: they are valid until the call that receives the <see cref="EventData"/> returns. A method
/// that returns a task does not read them after it has returned the task.
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
