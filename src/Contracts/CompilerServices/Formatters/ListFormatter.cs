using System.ComponentModel;
using System.Runtime.InteropServices;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The base of the generated formatters of lists, and of sequences that are read as a list.</summary>
/// <typeparam name="TList">The type of the sequence, which a <see cref="List{T}"/> converts to.</typeparam>
/// <typeparam name="T">The elements' type.</typeparam>
/// <typeparam name="TElement">The code for one element.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ListFormatter<TList, T, TElement> : IMessagePackFormatter<TList?>
    where TList : class, IEnumerable<T>
    where TElement : struct, IPayloadElement<T>
{
    /// <summary>Writes a sequence.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The sequence, or null for nil.</param>
    /// <param name="depth">The number of arrays and objects around it.</param>
    public static void Write(ref MessagePackWriter writer, TList? value, int depth)
    {
        if (!ValueWriter.Enter(ref writer, value, depth)) return;
        switch (value)
        {
            case List<T> list: Elements<T, TElement>.Write(ref writer, CollectionsMarshal.AsSpan(list), depth); break;
            case T[] array: Elements<T, TElement>.Write(ref writer, array, depth); break;
            case IReadOnlyCollection<T> items: Elements<T, TElement>.Write(ref writer, items, items.Count, depth); break;
            case ICollection<T> items: Elements<T, TElement>.Write(ref writer, items, items.Count, depth); break;
            default: Elements<T, TElement>.Write(ref writer, value.ToArray(), depth); break;
        }
    }

    /// <inheritdoc/>
    public void Serialize(ref MessagePackWriter writer, TList? value, MessagePackSerializerOptions options) =>
        Write(ref writer, value, 0);

    /// <inheritdoc/>
    public TList? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil()) return null;
        var i = -1;
        try
        {
            var count = ValueReader.ReadArrayHeader(ref reader, options);
            var items = new List<T>(count);
            for (i = 0; i < count; i++) items.Add(TElement.Read(ref reader, options));
            ValueReader.Leave(ref reader);
            return (TList)(object)items;
        }
        catch (Exception e) when (DataPath.Element(e, i))
        {
            throw DataPath.RefusedElement(e, i);
        }
    }
}
