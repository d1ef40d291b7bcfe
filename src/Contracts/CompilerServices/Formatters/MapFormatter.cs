using System.ComponentModel;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The base of the generated formatters of dictionaries that are read as a <see cref="Dictionary{TKey, TValue}"/>.</summary>
/// <typeparam name="TMap">The type of the dictionary, which a <see cref="Dictionary{TKey, TValue}"/> converts to.</typeparam>
/// <typeparam name="TKey">The keys' type.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
/// <typeparam name="TEntry">The code for one entry.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MapFormatter<TMap, TKey, TValue, TEntry> : IMessagePackFormatter<TMap?>
    where TMap : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
    where TEntry : struct, IPayloadEntry<TKey, TValue>
{
    /// <summary>Writes a dictionary.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The dictionary, or null for nil.</param>
    /// <param name="depth">The number of arrays and objects around it.</param>
    /// <exception cref="InvalidOperationException">The dictionary was changed in the meantime.</exception>
    public static void Write(ref MessagePackWriter writer, TMap? value, int depth)
    {
        if (!ValueWriter.Enter(ref writer, value, depth)) return;
        if (value is Dictionary<TKey, TValue> dictionary)
        {
            var left = dictionary.Count;
            writer.WriteMapHeader(left);
            foreach (var entry in dictionary) Write(ref writer, entry, ref left, depth);
            ValueWriter.CheckCount(left);
        }
        else
        {
            var left = value is IReadOnlyCollection<KeyValuePair<TKey, TValue>> entries ? entries.Count : value.Count();
            writer.WriteMapHeader(left);
            foreach (var entry in value) Write(ref writer, entry, ref left, depth);
            ValueWriter.CheckCount(left);
        }
    }

    /// <inheritdoc/>
    public void Serialize(ref MessagePackWriter writer, TMap? value, MessagePackSerializerOptions options) => Write(ref writer, value, 0);

    /// <inheritdoc/>
    public TMap? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil()) return null;
        var start = reader;
        var at = -1;
        try
        {
            var count = ValueReader.ReadMapHeader(ref reader, options);
            var items = CollectionReader.NewDictionary<TKey, TValue>(count);
            for (var i = 0; i < count; i++)
            {
                at = -1;
                var key = TEntry.ReadKey(ref reader, options);
                at = i;
                items[key] = TEntry.Read(ref reader, options);
            }

            ValueReader.Leave(ref reader);
            return (TMap)(object)items;
        }
        catch (Exception e) when (DataPath.Key(e, start, at))
        {
            throw DataPath.RefusedKey(e, start, at);
        }
    }

    private static void Write(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> entry, ref int left, int depth)
    {
        TEntry.WriteKey(ref writer, entry.Key, depth);
        TEntry.Write(ref writer, entry.Value, depth + 1);
        left--;
    }
}
