namespace TypedSocketRedis;

/// <summary>The exception that is thrown when not every node of the cluster responds to a request in time.</summary>
/// <param name="message">The message that describes the request, with the text of the JavaScript servers.</param>
/// <param name="expectedNodes">The number of nodes known to have the namespace.</param>
/// <param name="respondedNodes">The number of those nodes that responded.</param>
public sealed class MissingNodesException(string message, int expectedNodes, int respondedNodes) : TimeoutException(message)
{
    /// <summary>The number of nodes known to have the namespace, including this process if it is a server.</summary>
    public int ExpectedNodes { get; } = expectedNodes;

    /// <summary>The number of those nodes that responded, including this process if it is a server.</summary>
    public int RespondedNodes { get; } = respondedNodes;
}
