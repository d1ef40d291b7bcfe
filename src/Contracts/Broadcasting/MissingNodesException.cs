namespace TypedSocketRedis;

/// <summary>Not every node of the cluster answered a question in time.</summary>
/// <param name="message">Which question, in the words of the JavaScript servers.</param>
/// <param name="expectedNodes">How many nodes have the namespace as far as is known.</param>
/// <param name="answeredNodes">How many of them answered.</param>
public sealed class MissingNodesException(string message, int expectedNodes, int answeredNodes) : TimeoutException(message)
{
    /// <summary>How many nodes have the namespace as far as is known, this one included.</summary>
    public int ExpectedNodes { get; } = expectedNodes;

    /// <summary>How many of them answered, this one included.</summary>
    public int AnsweredNodes { get; } = answeredNodes;
}
