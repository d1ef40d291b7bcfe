namespace TypedSocketRedis;

/// <summary>
/// A value or an error, on the wire <c>{ ok: true, data }</c> or <c>{ ok: false, error }</c>; in TypeScript a type that <c>ok</c> narrows.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <typeparam name="TError">The type of the error.</typeparam>
public sealed record Result<T, TError>
{
    internal Result(bool isOk, T? data, TError? error) => (IsOk, Data, Error) = (isOk, data, error);

    /// <summary>Gets a value indicating whether the result has a value.</summary>
    public bool IsOk { get; }

    /// <summary>The value, or the type's default for an error.</summary>
    public T? Data { get; }

    /// <summary>The error, or the type's default for a value.</summary>
    public TError? Error { get; }

    /// <summary>Creates the result of a success.</summary>
    /// <param name="data">The value.</param>
    public static implicit operator Result<T, TError>(T data) => new(isOk: true, data, default);
}
