using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The code for one element of a sequence, or one value of a dictionary; implemented by generated structures, so that the
/// compiler of the runtime can call it directly.</summary>
/// <typeparam name="T">The element's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPayloadElement<T>
{
    /// <summary>Writes an element.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The element.</param>
    /// <param name="depth">The number of arrays and objects around the element.</param>
    static abstract void Write(ref MessagePackWriter writer, T value, int depth);

    /// <summary>Reads an element.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="options">The options of the formatter.</param>
    /// <returns>The element.</returns>
    static abstract T Read(ref MessagePackReader reader, MessagePackSerializerOptions options);
}
