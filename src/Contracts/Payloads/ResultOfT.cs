using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis;

/// <summary>
/// A value or the text of an error, on the wire <c>{ ok: true, data }</c> or <c>{ ok: false, error }</c>; in TypeScript a type that
/// <c>ok</c> narrows.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <example><code>
/// public async Task&lt;Result&lt;Board&gt;&gt; Open(int id) =>
///     await boards.FindAsync(id) is { } board ? board : Result.Fail&lt;Board&gt;("No such board.");
/// </code></example>
public sealed record Result<T>
{
    internal Result(bool isOk, T? data, string? error) => (IsOk, Data, Error) = (isOk, data, error);

    /// <summary>Gets a value indicating whether the result has a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk { get; }

    /// <summary>The value, or the type's default for an error.</summary>
    public T? Data { get; }

    /// <summary>The text of the error, or null for a value.</summary>
    public string? Error { get; }

    /// <summary>Creates the result of a success.</summary>
    /// <param name="data">The value.</param>
    public static implicit operator Result<T>(T data) => new(isOk: true, data, default);
}
