namespace TypedSocketRedis;

/// <summary>Creates results; a value also converts to a result by itself.</summary>
public static class Result
{
    /// <summary>Creates the result of a success.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="data">The value.</param>
    /// <returns>The result.</returns>
    public static Result<T> Ok<T>(T data) => new(isOk: true, data, error: null);

    /// <summary>Creates the result of a failure.</summary>
    /// <typeparam name="T">The type of the value that there is not.</typeparam>
    /// <param name="error">The text, which the receiver gets.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static Result<T> Fail<T>(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(isOk: false, default, error);
    }

    /// <summary>Creates the result of a success.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <typeparam name="TError">The type of the error that there is not.</typeparam>
    /// <param name="data">The value.</param>
    /// <returns>The result.</returns>
    public static Result<T, TError> Ok<T, TError>(T data) => new(isOk: true, data, default);

    /// <summary>Creates the result of a failure.</summary>
    /// <typeparam name="T">The type of the value that there is not.</typeparam>
    /// <typeparam name="TError">The type of the error.</typeparam>
    /// <param name="error">The error, which the receiver gets.</param>
    /// <returns>The result.</returns>
    public static Result<T, TError> Fail<T, TError>(TError error) => new(isOk: false, default, error);
}
