namespace TypedSocketRedis.Namespaces;

/// <summary>The reason that a client is not admitted to a namespace.</summary>
/// <param name="Cause">The cause for the counter.</param>
/// <param name="Message">The message for the client.</param>
/// <param name="Details">The details for the client.</param>
internal sealed record Refusal(RefusalCause Cause, string Message, SocketArgument? Details = null)
{
    public static Refusal NoNamespace { get; } = new(RefusalCause.Namespace, "Invalid namespace");

    public static Refusal TooMuchAuth { get; } = new(RefusalCause.Auth, "Too much authentication data on one connection");

    public static Refusal TooLarge { get; } = new(RefusalCause.Handshake, "Handshake too large");

    public static Refusal TooManySockets { get; } = new(RefusalCause.Limit, "Too many namespaces on one connection");
}
