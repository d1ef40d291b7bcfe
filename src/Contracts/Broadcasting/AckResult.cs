namespace TypedSocketRedis;

/// <summary>What is known when the waiting for acknowledgements has ended.</summary>
/// <typeparam name="T">The acknowledgement.</typeparam>
/// <param name="answers">The acknowledgements, in the order they came.</param>
/// <param name="expected">How many receivers the event had, as far as is known.</param>
/// <param name="isComplete">Whether every receiver acknowledged with a readable value.</param>
/// <param name="missingNodes">How many nodes of the cluster did not tell how many receivers they have.</param>
public sealed class AckResult<T>(IReadOnlyList<T> answers, int expected, bool isComplete, int missingNodes = 0)
{
    /// <summary>The acknowledgements, in the order they came.</summary>
    public IReadOnlyList<T> Answers { get; } = answers;

    /// <summary>How many receivers the event had, as far as is known.</summary>
    public int Expected { get; } = expected;

    /// <summary>How many of them did not acknowledge in time, are gone, or sent a value of another form.</summary>
    public int Missing => Math.Max(0, Expected - Answers.Count);

    /// <summary>How many nodes of the cluster did not tell in time how many receivers they have; their receivers are not in <see cref="Expected"/>.</summary>
    /// <remarks>Where the receivers are servers: how many of them did not acknowledge. At least 1 while Redis is away.</remarks>
    public int MissingNodes { get; } = missingNodes;

    /// <summary>Whether every receiver of every node acknowledged with a readable value; true as well when there was no receiver.</summary>
    public bool IsComplete { get; } = isComplete;
}
