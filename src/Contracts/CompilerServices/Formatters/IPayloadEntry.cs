using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The code for one entry of a dictionary, whose key is text on the wire; implemented by generated structures.</summary>
/// <typeparam name="TKey">The key's type.</typeparam>
/// <typeparam name="TValue">The value's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPayloadEntry<TKey, TValue> : IPayloadElement<TValue>
{
    /// <summary>Writes a key.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="key">The key.</param>
    /// <param name="depth">The number of arrays and objects around the dictionary.</param>
    static abstract void WriteKey(ref MessagePackWriter writer, TKey key, int depth);

    /// <summary>Reads a key.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="options">The options of the formatter.</param>
    /// <returns>The key.</returns>
    static abstract TKey ReadKey(ref MessagePackReader reader, MessagePackSerializerOptions options);
}
