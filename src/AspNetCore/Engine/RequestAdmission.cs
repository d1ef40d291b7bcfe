namespace TypedSocketRedis;

/// <summary>What <see cref="EngineIOOptions.AllowRequest"/> decides about a client that wants to connect.</summary>
/// <remarks><c>true</c> and <c>false</c> convert to it, so that a predicate may just return one of them.</remarks>
public readonly record struct RequestAdmission
{
    private RequestAdmission(bool isAllowed, string? message) => (IsAllowed, Message) = (isAllowed, message);

    /// <summary>The client may connect.</summary>
    public static RequestAdmission Allow { get; } = new(true, null);

    /// <summary>Whether the client may connect; not so for the default value.</summary>
    public bool IsAllowed { get; }

    /// <summary>What a refused client is told; null: <c>Forbidden</c>.</summary>
    public string? Message { get; }

    /// <summary>The client may not connect.</summary>
    /// <remarks>Wire: status 403, <c>{"code":4,"message":"…"}</c>.</remarks>
    /// <param name="message">What it is told; null: <c>Forbidden</c>.</param>
    /// <returns>The decision.</returns>
    public static RequestAdmission Refuse(string? message = null) => new(false, message);

    /// <summary>Allows or refuses.</summary>
    /// <param name="isAllowed">Whether the client may connect.</param>
    public static implicit operator RequestAdmission(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>Allows or refuses.</summary>
    /// <param name="isAllowed">Whether the client may connect.</param>
    /// <returns>The decision.</returns>
    public static RequestAdmission FromBoolean(bool isAllowed) => isAllowed ? Allow : Refuse();
}
