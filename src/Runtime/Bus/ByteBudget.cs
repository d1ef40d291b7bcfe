namespace TypedSocketRedis.Redis;

/// <summary>Limits the bytes of messages that all namespaces of a node hold together, beside the limit of each namespace.</summary>
/// <remarks>
/// One message of any size is accepted while the limit is not reached. Beyond it, only a namespace that holds nothing accepts a small one,
/// so that the flood of some namespaces does not keep the messages of others out.
/// </remarks>
/// <param name="limit">The maximum number of bytes.</param>
internal sealed class ByteBudget(long limit = ByteBudget.Limit)
{
    /// <summary>128 MiB.</summary>
    public const long Limit = 128L * 1024 * 1024;

    private const int Small = 64 * 1024;

    private long _held;

    /// <summary>The bytes that are held.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Gets a value indicating whether less than half of the limit is used.</summary>
    public bool IsHalfFree => Held < limit / 2;

    /// <summary>Takes bytes until <see cref="Give"/>.</summary>
    /// <param name="bytes">The size of the message.</param>
    /// <param name="isOnly">True if the namespace holds nothing else.</param>
    /// <returns>False if there is no space.</returns>
    public bool TryTake(long bytes, bool isOnly)
    {
        if (Interlocked.Add(ref _held, bytes) - bytes <= limit || (isOnly && bytes <= Small)) return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
}
