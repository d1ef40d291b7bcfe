namespace TypedSocketRedis;

/// <summary>
/// Lists a derived type of a payload type, which <see langword="true"/> or <see langword="false"/> identifies on the wire.
/// </summary>
/// <remarks>
/// It does for a boolean what <c>[JsonDerivedType]</c> does for text and numbers, which a type can list as well. An open generic type gets
/// the type arguments of the base type.
/// </remarks>
/// <example><code>
/// [JsonPolymorphic(TypeDiscriminatorPropertyName = "ok")]
/// [SocketDerivedType(typeof(Saved), true), SocketDerivedType(typeof(Refused), false)]
/// public abstract record Outcome;
/// </code></example>
/// <param name="derivedType">The derived type.</param>
/// <param name="discriminator">The value of the discriminator property.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class SocketDerivedTypeAttribute(Type derivedType, bool discriminator) : Attribute
{
    /// <summary>The derived type.</summary>
    public Type DerivedType { get; } = derivedType;

    /// <summary>Gets a value indicating whether the discriminator property is <see langword="true"/> for the derived type.</summary>
    public bool Discriminator { get; } = discriminator;
}
