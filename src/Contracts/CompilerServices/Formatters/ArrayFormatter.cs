using System.ComponentModel;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The base of the generated formatters of arrays.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
/// <typeparam name="TElement">The code for one element.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ArrayFormatter<T, TElement> : IMessagePackFormatter<T[]?>
    where TElement : struct, IPayloadElement<T>
{
    /// <summary>Writes an array.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The array, or null for nil.</param>
    /// <param name="depth">The number of arrays and objects around it.</param>
    public static void Write(ref MessagePackWriter writer, T[]? value, int depth)
    {
        if (ValueWriter.Enter(ref writer, value, depth)) Elements<T, TElement>.Write(ref writer, value, depth);
    }

    /// <inheritdoc/>
    public void Serialize(ref MessagePackWriter writer, T[]? value, MessagePackSerializerOptions options) => Write(ref writer, value, 0);

    /// <inheritdoc/>
    public T[]? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil()) return null;
        var i = -1;
        try
        {
            var items = new T[ValueReader.ReadArrayHeader(ref reader, options)];
            for (i = 0; i < items.Length; i++) items[i] = TElement.Read(ref reader, options);
            ValueReader.Leave(ref reader);
            return items;
        }
        catch (Exception e) when (DataPath.Element(e, i))
        {
            throw DataPath.RefusedElement(e, i);
        }
    }
}
