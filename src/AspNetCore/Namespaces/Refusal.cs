namespace TypedSocketRedis.Namespaces;

/// <summary>Why a client is not admitted to a namespace.</summary>
/// <param name="Cause">What is counted.</param>
/// <param name="Message">What the client is told.</param>
/// <param name="Details">What it is told beyond that.</param>
internal sealed record Refusal(string Cause, string Message, EventArgument? Details = null)
{
    public static Refusal NoNamespace { get; } = new("namespace", "Invalid namespace");

    public static Refusal TooMuchAuth { get; } = new("auth", "Too much authentication data on one connection");

    public static Refusal TooLarge { get; } = new("handshake", "Handshake too large");

    public static Refusal TooManySockets { get; } = new("limit", "Too many namespaces on one connection");
}
