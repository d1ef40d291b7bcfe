using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads an acknowledgement; refers to generated code.</summary>
/// <typeparam name="T">The type of the acknowledgement, as the event's method declares it.</typeparam>
/// <param name="reader">The input, before the acknowledgement's value, which is nil if the receiver sent none.</param>
/// <param name="options">The options whose security limits the depth.</param>
/// <returns>The value.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T AckReader<out T>(ref MessagePackReader reader, MessagePackSerializerOptions options);

/// <summary>Writes an acknowledgement; refers to generated code.</summary>
/// <typeparam name="T">The type of the acknowledgement, as the event's method declares it.</typeparam>
/// <param name="writer">The output, which receives one value.</param>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void AckWriter<in T>(ref MessagePackWriter writer, T value);
