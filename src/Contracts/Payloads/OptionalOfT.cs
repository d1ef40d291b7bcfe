using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis;

/// <summary>
/// The value of a property that can be absent, which differs from null: for objects that change some properties of another one. In
/// TypeScript it is <c>name?: T</c>.
/// </summary>
/// <remarks>
/// An absent property is not written. With a nullable <typeparamref name="T"/>, null is written and read as a value; with any other, null
/// counts as absent. It is the type of properties of payloads only.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
/// <example><code>
/// public sealed record UserPatch(Optional&lt;string&gt; Name = default, Optional&lt;string?&gt; Email = default);
///
/// if (patch.Email.TryGetValue(out var email)) user.Email = email;     // null deletes it
/// </code></example>
public readonly record struct Optional<T>
{
    private readonly T _value;

    /// <summary>Initializes a new instance of the <see cref="Optional{T}"/> struct with a value.</summary>
    /// <param name="value">The value, which can be null if the type allows it.</param>
    public Optional(T value) => (HasValue, _value) = (true, value);

    /// <summary>Gets a value indicating whether there is a value; false for an absent property.</summary>
    public bool HasValue { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is no value.</exception>
    public T Value => HasValue ? _value : throw new InvalidOperationException("The property is absent, so it has no value.");

    /// <summary>Returns the value, if there is one.</summary>
    /// <param name="value">The value, or the type's default.</param>
    /// <returns><see langword="true"/> if there is a value.</returns>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return HasValue;
    }

    /// <summary>Returns the value, or another one in its absence.</summary>
    /// <param name="absent">The value to return in its absence.</param>
    /// <returns>The value.</returns>
    public T ValueOr(T absent) => HasValue ? _value : absent;

    /// <summary>Returns the text of the value; empty in its absence.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => HasValue ? _value?.ToString() ?? "null" : "";

    /// <summary>Creates an optional value that is present.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Optional<T>(T value) => new(value);
}
