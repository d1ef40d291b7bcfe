using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Reads an acknowledgement; generated code is what it points to.</summary>
/// <typeparam name="T">What the event's method promises.</typeparam>
/// <param name="reader">At the acknowledgement's value, nil when the receiver gave none.</param>
/// <param name="options">Whose security bounds the depth.</param>
/// <returns>The value.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T AnswerReader<out T>(ref MessagePackReader reader, MessagePackSerializerOptions options);

/// <summary>Writes an acknowledgement; generated code is what it points to.</summary>
/// <typeparam name="T">What the event's method returned.</typeparam>
/// <param name="writer">Where the one value goes.</param>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void AnswerWriter<in T>(ref MessagePackWriter writer, T value);
