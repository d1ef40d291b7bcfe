namespace TypedSocketRedis.Protocol;

/// <summary>Compares as a type itself does, for collections that a peer fills: values chosen to collide cost no more than any others.</summary>
/// <remarks>
/// Hash codes are mixed with a secret of the process, so that nobody can choose a bucket. Values with the very same hash code
/// are compared one by one; while the collection is filled a budget of comparisons ends the reading.
/// </remarks>
internal sealed class SpreadComparer<T> : IEqualityComparer<T>
{
    // Below it the worst choice of values costs less than mixing does.
    private const int Small = 100;

    // Well spread elements are compared once at most, with their own copies.
    private const int PerElement = 32;

    private readonly int _count;
    private int _hashed;
    private long _compared;

    private SpreadComparer(int count) => _count = count;

    /// <summary>The comparer of a collection.</summary>
    /// <param name="count">How many elements a peer announced.</param>
    /// <returns>None for a small collection and for text, which the runtime spreads by itself: the default is safe.</returns>
    public static IEqualityComparer<T>? For(int count) => count <= Small || typeof(T) == typeof(string) ? null : new SpreadComparer<T>(count);

    /// <exception cref="EventDataException">The budget is used up while the collection is being filled.</exception>
    public bool Equals(T? x, T? y)
    {
        // Once everything was hashed the collection belongs to the application, which may compare as long as it likes.
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
