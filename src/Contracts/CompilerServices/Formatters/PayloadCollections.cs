using System.ComponentModel;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Formatters of arrays and lists whose elements have a formatter; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadCollections
{
    /// <summary>Returns the formatter of an array or a list, or null if the type is none of that element.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="type">The type of the array or list.</param>
    /// <param name="element">A function that returns the formatter of the elements.</param>
    /// <returns>The formatter.</returns>
    public static object? Find<T>(Type type, Func<IMessagePackFormatter<T>> element) => type switch
    {
        _ when type == typeof(T[]) => new ArrayOf<T>(element()),
        _ when type == typeof(List<T>) => new ListOf<T>(element()),
        _ => null,
    };

    private static void Write<T>(
        ref MessagePackWriter writer, IReadOnlyCollection<T> items, IMessagePackFormatter<T> element, MessagePackSerializerOptions options)
    {
        var left = items.Count;
        writer.WriteArrayHeader(left);
        foreach (var item in items)
        {
            element.Serialize(ref writer, item, options);
            left--;
        }

        ValueWriter.CheckCount(left);
    }

    private static T[] Read<T>(ref MessagePackReader reader, IMessagePackFormatter<T> element, MessagePackSerializerOptions options)
    {
        var at = -1;
        try
        {
            var items = new T[ValueReader.ReadArrayHeader(ref reader, options)];
            for (at = 0; at < items.Length; at++) items[at] = element.Deserialize(ref reader, options);
            ValueReader.Leave(ref reader);
            return items;
        }
        catch (Exception e) when (DataPath.Element(e, at))
        {
            throw DataPath.RefusedElement(e, at);
        }
    }

    private sealed class ArrayOf<T>(IMessagePackFormatter<T> element) : IMessagePackFormatter<T[]?>
    {
        public void Serialize(ref MessagePackWriter writer, T[]? value, MessagePackSerializerOptions options)
        {
            if (ValueWriter.Enter(ref writer, value, 0)) Write(ref writer, value, element, options);
        }

        public T[]? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            reader.TryReadNil() ? null : Read(ref reader, element, options);
    }

    private sealed class ListOf<T>(IMessagePackFormatter<T> element) : IMessagePackFormatter<List<T>?>
    {
        public void Serialize(ref MessagePackWriter writer, List<T>? value, MessagePackSerializerOptions options)
        {
            if (ValueWriter.Enter(ref writer, value, 0)) Write(ref writer, value, element, options);
        }

        public List<T>? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            reader.TryReadNil() ? null : [.. Read(ref reader, element, options)];
    }
}
