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
}
