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

    private static Refusal Unauthenticated { get; } = Coded(RefusalCause.Unauthenticated, IdentityRefusal.Unauthenticated);

    private static Refusal Forbidden { get; } = Coded(RefusalCause.Unauthorized, IdentityRefusal.Forbidden);

    private static Refusal Expired { get; } = Coded(RefusalCause.Expired, IdentityRefusal.TokenExpired);

    /// <summary>Returns the refusal of a client's identity, with its code as <c>data.code</c>.</summary>
    public static Refusal Of(IdentityRefusal refusal) => refusal switch
    {
        IdentityRefusal.Forbidden => Forbidden,
        IdentityRefusal.TokenExpired => Expired,
        _ => Unauthenticated,
    };

    private static Refusal Coded(RefusalCause cause, IdentityRefusal refusal) =>
        new(cause, refusal.Message(), SocketArgument.FromJson($$"""{"code":"{{refusal.Code()}}"}"""));
}
