using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes a value whose type is known only at run time with the generated formatters of an assembly.</summary>
/// <param name="writer">The output.</param>
/// <param name="value">The value.</param>
/// <param name="depth">The number of arrays and objects around the value.</param>
/// <returns><see langword="false"/> if the assembly has no formatter of the value's type; then nothing was written.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool PayloadWriter(ref MessagePackWriter writer, object value, int depth);
