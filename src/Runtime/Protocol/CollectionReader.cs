using System.ComponentModel;

namespace TypedSocketRedis.Protocol;

/// <summary>Makes the collections that are filled while reading; generated code is its caller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CollectionReader
{
    /// <summary>Makes the array that is filled next; generated code cannot spell every array of arrays.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="count">What <see cref="ValueReader.ReadArrayHeader"/> returned.</param>
    /// <returns>The array.</returns>
    public static T[] NewArray<T>(int count) => new T[count];

    /// <summary>Makes the set that is filled next, of a size that a peer chose.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="count">What <see cref="ValueReader.ReadArrayHeader"/> returned.</param>
    /// <returns>The set; a large one spreads its elements so that nobody can choose them to collide.</returns>
    public static HashSet<T> NewSet<T>(int count) => new(SpreadComparer<T>.For(count));

    /// <summary>Makes the dictionary that is filled next, of a size that a peer chose.</summary>
    /// <typeparam name="TKey">The keys' type.</typeparam>
    /// <typeparam name="TValue">The values' type.</typeparam>
    /// <param name="count">What <see cref="ValueReader.ReadMapHeader"/> returned.</param>
    /// <returns>The dictionary; a large one spreads its keys so that nobody can choose them to collide.</returns>
    public static Dictionary<TKey, TValue> NewDictionary<TKey, TValue>(int count)
        where TKey : notnull => new(SpreadComparer<TKey>.For(count));
}
