namespace TypedSocketRedis.Namespaces;

/// <summary>The reason that a client is not admitted to a namespace.</summary>
/// <param name="Reason">The reason for the counter.</param>
/// <param name="Message">The message for the client.</param>
/// <param name="Details">The details for the client.</param>
internal sealed record Refusal(RefusalReason Reason, string Message, SocketArgument? Details = null)
{
    public static Refusal NoNamespace { get; } = new(RefusalReason.Namespace, "Invalid namespace");

    public static Refusal TooMuchAuth { get; } = new(RefusalReason.Auth, "Too much authentication data on one connection");

    public static Refusal TooLarge { get; } = new(RefusalReason.Handshake, "Handshake too large");

    public static Refusal TooManySockets { get; } = new(RefusalReason.Limit, "Too many namespaces on one connection");

    private static Refusal Unauthenticated { get; } = Coded(RefusalReason.Unauthenticated, IdentityRefusal.Unauthenticated);

    private static Refusal Forbidden { get; } = Coded(RefusalReason.Unauthorized, IdentityRefusal.Forbidden);

    private static Refusal Expired { get; } = Coded(RefusalReason.Expired, IdentityRefusal.TokenExpired);

    /// <summary>Returns the refusal of a client's identity, with its code as <c>data.code</c>.</summary>
    public static Refusal Of(IdentityRefusal refusal) => refusal switch
    {
        IdentityRefusal.Forbidden => Forbidden,
        IdentityRefusal.TokenExpired => Expired,
        _ => Unauthenticated,
    };

    private static Refusal Coded(RefusalReason reason, IdentityRefusal refusal) =>
        new(reason, refusal.Message(), SocketArgument.FromJson($$"""{"code":"{{refusal.Code()}}"}"""));
}
