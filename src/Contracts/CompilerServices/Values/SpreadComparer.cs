namespace TypedSocketRedis.CompilerServices;

/// <summary>Compares as the type itself does, for collections that a peer fills: values chosen to collide cost no more than
/// others.</summary>
/// <remarks>
/// Hash codes are mixed with a secret of the process, so that a peer cannot choose a bucket. Values with the same hash code
/// are compared one by one; while the collection is filled, the reading ends after a maximum number of comparisons.
/// </remarks>
internal sealed class SpreadComparer<T> : IEqualityComparer<T>
{
    // Up to this size the worst choice of values costs less than the mixing.
    private const int Small = 100;

    // Well distributed elements are compared at most once, with their own duplicates.
    private const int PerElement = 32;

    private readonly int _count;
    private int _hashed;
    private long _compared;

    private SpreadComparer(int count) => _count = count;

    /// <summary>Returns the comparer of a collection.</summary>
    /// <param name="count">The number of elements that a peer announced.</param>
    /// <returns>The comparer, or null for a small collection and for text, for which the runtime's default is safe.</returns>
    public static IEqualityComparer<T>? For(int count) =>
        count <= Small || typeof(T) == typeof(string) ? null : new SpreadComparer<T>(count);

    /// <exception cref="EventDataException">The maximum number of comparisons is exceeded while the collection is filled.</exception>
    public bool Equals(T? x, T? y)
    {
        // After all elements were hashed the collection belongs to the application, whose comparisons are not limited.
        if (_hashed < _count && ++_compared > (long)_count * PerElement)
            throw new EventDataException("values with hash codes of their own", $"{_compared} comparisons of values that share theirs");
        return EqualityComparer<T>.Default.Equals(x, y);
    }

    public int GetHashCode(T value)
    {
        if (_hashed < _count) _hashed++;
        return HashCode.Combine(value);
    }
}
