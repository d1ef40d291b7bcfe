namespace TypedSocketRedis;

/// <summary>What is known when the waiting for acknowledgements has ended.</summary>
/// <typeparam name="T">The acknowledgement.</typeparam>
/// <param name="answers">The acknowledgements, in the order they came.</param>
/// <param name="expected">How many receivers the event had, as far as is known.</param>
/// <param name="isComplete">Whether every receiver acknowledged with a readable value.</param>
public sealed class AckResult<T>(IReadOnlyList<T> answers, int expected, bool isComplete)
{
    /// <summary>The acknowledgements, in the order they came.</summary>
    public IReadOnlyList<T> Answers { get; } = answers;

    /// <summary>How many receivers the event had, as far as is known.</summary>
    public int Expected { get; } = expected;

    /// <summary>How many of them did not acknowledge in time, are gone, or sent a value of another form.</summary>
    public int Missing => Math.Max(0, Expected - Answers.Count);

    /// <summary>Whether every receiver acknowledged with a readable value; true as well when there was no receiver.</summary>
    public bool IsComplete { get; } = isComplete;
}
