using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes a value of a payload type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="writer">The output.</param>
/// <param name="value">The value.</param>
/// <param name="depth">The number of arrays and objects around the value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PayloadWrite<in T>(ref MessagePackWriter writer, T value, int depth);
