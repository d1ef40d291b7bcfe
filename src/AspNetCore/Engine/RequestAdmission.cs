namespace TypedSocketRedis;

/// <summary>The decision of <see cref="EngineIOOptions.AllowRequest"/> about a client that wants to connect.</summary>
/// <remarks><c>true</c> and <c>false</c> convert to it implicitly, so that a predicate can return one of them.</remarks>
public readonly record struct RequestAdmission
{
    private RequestAdmission(bool isAllowed, string? message) => (IsAllowed, Message) = (isAllowed, message);

    /// <summary>The decision that the client may connect.</summary>
    public static RequestAdmission Allow { get; } = new(true, null);

    /// <summary>Gets a value indicating whether the client may connect; false for the default value.</summary>
    public bool IsAllowed { get; }

    /// <summary>The error message sent to a refused client, or null for <c>Forbidden</c>.</summary>
    public string? Message { get; }

    /// <summary>Returns the decision that the client may not connect.</summary>
    /// <remarks>Wire: status 403, <c>{"code":4,"message":"…"}</c>.</remarks>
    /// <param name="message">The error message sent to the client, or null for <c>Forbidden</c>.</param>
    /// <returns>The decision.</returns>
    public static RequestAdmission Refuse(string? message = null) => new(false, message);

    /// <summary>Converts a value indicating whether the client may connect to a decision.</summary>
    /// <param name="isAllowed">True to allow the client, false to refuse it.</param>
    public static implicit operator RequestAdmission(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>Converts a value indicating whether the client may connect to a decision.</summary>
    /// <param name="isAllowed">True to allow the client, false to refuse it.</param>
    /// <returns>The decision.</returns>
    public static RequestAdmission FromBoolean(bool isAllowed) => isAllowed ? Allow : Refuse();
}
