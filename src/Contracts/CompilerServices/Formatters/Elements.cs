using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes the elements of sequences.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
/// <typeparam name="TElement">The code for one element.</typeparam>
internal static class Elements<T, TElement>
    where TElement : struct, IPayloadElement<T>
{
    /// <summary>Writes an array of elements. The number in its header is right even if the elements change in the meantime.</summary>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> items, int depth)
    {
        writer.WriteArrayHeader(items.Length);
        foreach (var item in items) TElement.Write(ref writer, item, depth + 1);
    }

    /// <summary>Writes an array of elements.</summary>
    /// <exception cref="InvalidOperationException">The sequence was changed in the meantime.</exception>
    public static void Write(ref MessagePackWriter writer, IEnumerable<T> items, int left, int depth)
    {
        writer.WriteArrayHeader(left);
        foreach (var item in items)
        {
            TElement.Write(ref writer, item, depth + 1);
            left--;
        }

        ValueWriter.CheckCount(left);
    }
}
