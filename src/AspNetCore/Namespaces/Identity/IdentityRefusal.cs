namespace TypedSocketRedis.Namespaces;

/// <summary>The reasons for which the identity of a client does not suffice, to connect to a namespace or for an event.</summary>
internal enum IdentityRefusal : byte
{
    /// <summary>The client has no user, or its token was rejected.</summary>
    Unauthenticated,

    /// <summary>The user does not fulfill what is required.</summary>
    Forbidden,

    /// <summary>The token, or the authentication of the client's connection, has expired.</summary>
    TokenExpired,
}

/// <summary>The texts for clients.</summary>
internal static class IdentityRefusals
{
    public static string Code(this IdentityRefusal refusal) => refusal switch
    {
        IdentityRefusal.Unauthenticated => "unauthenticated",
        IdentityRefusal.Forbidden => "forbidden",
        IdentityRefusal.TokenExpired => "token_expired",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "The value is not a refusal of an identity."),
    };

    public static string Message(this IdentityRefusal refusal) => refusal switch
    {
        IdentityRefusal.Unauthenticated => "Authentication is required.",
        IdentityRefusal.Forbidden => "Not authorized.",
        IdentityRefusal.TokenExpired => "The authentication has expired.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "The value is not a refusal of an identity."),
    };
}
