namespace TypedSocketRedis;

/// <summary>The result of a wait for acknowledgements.</summary>
/// <typeparam name="T">The type of the acknowledgement.</typeparam>
/// <param name="results">The acknowledgements, in the order in which they were received.</param>
/// <param name="expected">The number of known receivers of the event.</param>
/// <param name="isComplete">True if every receiver acknowledged with a readable value.</param>
/// <param name="missingNodes">The number of nodes in the cluster that did not report their number of receivers.</param>
public sealed class AckResult<T>(IReadOnlyList<T> results, int expected, bool isComplete, int missingNodes = 0)
{
    /// <summary>The acknowledgements, in the order in which they were received.</summary>
    public IReadOnlyList<T> Results { get; } = results;

    /// <summary>The number of known receivers of the event.</summary>
    public int Expected { get; } = expected;

    /// <summary>The number of known receivers that did not acknowledge in time, disconnected, or sent a value of another form.</summary>
    public int Missing => Math.Max(0, Expected - Results.Count);

    /// <summary>
    /// The number of nodes in the cluster that did not report their number of receivers in time; those receivers are not included in
    /// <see cref="Expected"/>.
    /// </summary>
    /// <remarks>
    /// If the receivers are servers, this is the number of servers that did not acknowledge. At least 1 while Redis is unavailable.
    /// </remarks>
    public int MissingNodes { get; } = missingNodes;

    /// <summary>
    /// Gets a value indicating whether every receiver of every node acknowledged with a readable value; also true if there were no
    /// receivers.
    /// </summary>
    public bool IsComplete { get; } = isComplete;
}
