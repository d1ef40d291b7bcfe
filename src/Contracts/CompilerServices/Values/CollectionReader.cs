using System.ComponentModel;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Creates the collections that are filled while reading; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CollectionReader
{
    /// <summary>Creates the array that is filled next, because generated code has no syntax for every array of arrays.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="count">The number of elements from <see cref="ValueReader.ReadArrayHeader"/>.</param>
    /// <returns>The array.</returns>
    public static T[] NewArray<T>(int count) => new T[count];

    /// <summary>Creates the set that is filled next, with a size that a peer chose.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="count">The number of elements from <see cref="ValueReader.ReadArrayHeader"/>.</param>
    /// <returns>The set; a large one hashes with a secret, so that a peer cannot choose elements that collide.</returns>
    public static HashSet<T> NewSet<T>(int count) => new(SpreadComparer<T>.For(count));

    /// <summary>Creates the dictionary that is filled next, with a size that a peer chose.</summary>
    /// <typeparam name="TKey">The keys' type.</typeparam>
    /// <typeparam name="TValue">The values' type.</typeparam>
    /// <param name="count">The number of entries from <see cref="ValueReader.ReadMapHeader"/>.</param>
    /// <returns>The dictionary; a large one hashes with a secret, so that a peer cannot choose keys that collide.</returns>
    public static Dictionary<TKey, TValue> NewDictionary<TKey, TValue>(int count)
        where TKey : notnull => new(SpreadComparer<TKey>.For(count));

    /// <summary>Adds items to a new collection.</summary>
    /// <typeparam name="TCollection">The collection's type.</typeparam>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="collection">The collection.</param>
    /// <param name="items">The items.</param>
    /// <returns>The collection.</returns>
    public static TCollection Fill<TCollection, T>(TCollection collection, List<T> items)
        where TCollection : class, ICollection<T>
    {
        foreach (var item in items) collection.Add(item);
        return collection;
    }

    /// <summary>Adds entries to a new dictionary.</summary>
    /// <typeparam name="TDictionary">The dictionary's type.</typeparam>
    /// <typeparam name="TKey">The keys' type.</typeparam>
    /// <typeparam name="TValue">The values' type.</typeparam>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="items">The entries.</param>
    /// <returns>The dictionary.</returns>
    public static TDictionary Fill<TDictionary, TKey, TValue>(TDictionary dictionary, Dictionary<TKey, TValue> items)
        where TDictionary : class, IDictionary<TKey, TValue>
        where TKey : notnull
    {
        foreach (var (key, value) in items) dictionary[key] = value;
        return dictionary;
    }

    /// <summary>Returns the exception for reading a collection that contracts only send.</summary>
    /// <param name="type">The collection's type.</param>
    /// <returns>The exception.</returns>
    public static NotSupportedException NotReadable(string type) =>
        new($"{type} can be sent but not read: use an array, a list, a set or a dictionary.");
}
