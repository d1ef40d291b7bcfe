namespace TypedSocketRedis.Generator.Model;

/// <summary>A tuple, which is written as an array of a fixed length.</summary>
internal sealed record TupleModel(string Name, string Type, bool IsReference, EquatableArray<ValueModel> Items)
    : FormatterModel(Name, Type, IsReference);

/// <summary>A <c>Result</c>, which is written as <c>{ ok: true, data }</c> or <c>{ ok: false, error }</c>.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The type, fully qualified.</param>
/// <param name="TypeArguments">The type arguments as code.</param>
/// <param name="Data">The value of a success.</param>
/// <param name="Error">The value of a failure.</param>
internal sealed record ResultModel(string Name, string Type, string TypeArguments, ValueModel Data, ValueModel Error)
    : FormatterModel(Name, Type, IsReference: true)
{
    /// <summary>The error of a result that has text.</summary>
    public static readonly ValueModel Text = new("string", ValueKind.Primitive, "String", "", IsReference: true, IsNullable: false);
}

/// <summary>An <c>Optional</c>, whose absence is not written by the object that contains it.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The type, fully qualified.</param>
/// <param name="Value">Its value.</param>
internal sealed record OptionalModel(string Name, string Type, ValueModel Value) : FormatterModel(Name, Type, IsReference: false);

/// <summary>An enum that is sent as its number and has a formatter because it is a payload by itself.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The enum, fully qualified.</param>
/// <param name="Number">The keyword of the underlying type.</param>
internal sealed record NumberModel(string Name, string Type, string Number) : FormatterModel(Name, Type, IsReference: false);

/// <summary>An enum whose members are sent as text.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The enum, fully qualified.</param>
/// <param name="Number">The keyword of the underlying type.</param>
/// <param name="IsFlags">True for flags, whose values can be combined.</param>
/// <param name="Members">The members, the first declared one for each value.</param>
internal sealed record EnumModel(string Name, string Type, string Number, bool IsFlags, EquatableArray<EnumMemberModel> Members)
    : FormatterModel(Name, Type, IsReference: false);

/// <summary>One member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its value as code.</param>
/// <param name="WireName">Its text.</param>
/// <param name="IsAlias">True if an earlier member has the same value: the member is read but never written.</param>
internal sealed record EnumMemberModel(string Name, string Code, string WireName, bool IsAlias);

/// <summary>A type that is written and read by a custom formatter of the author.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The payload type, fully qualified.</param>
/// <param name="IsReference">True for a reference type.</param>
/// <param name="Creation">The author's formatter, as code.</param>
/// <param name="Resolver">The assembly's resolver, fully qualified.</param>
/// <param name="TypeScript">The TypeScript type that its author has set; empty for none.</param>
internal sealed record CustomModel(string Name, string Type, bool IsReference, string Creation, string Resolver, string TypeScript)
    : FormatterModel(Name, Type, IsReference)
{
    /// <summary>The type arguments in <see cref="TypeScript"/>.</summary>
    public EquatableArray<ValueModel> TypeScriptArguments { get; init; }
}

/// <summary>A base class or interface that lists its derived types, which are identified by a discriminator property.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The base type, fully qualified.</param>
/// <param name="Display">Its display name.</param>
/// <param name="Property">The name of the discriminator property.</param>
/// <param name="Base">The formatter of the base type itself, without that property; empty for none.</param>
/// <param name="IsOpen">True if unlisted types are written as the base type.</param>
/// <param name="Variants">The listed types.</param>
internal sealed record UnionModel(
    string Name, string Type, string Display, string Property, string Base, bool IsOpen, EquatableArray<VariantModel> Variants)
    : FormatterModel(Name, Type, IsReference: true)
{
    /// <summary>Gets a value indicating whether an object with an unknown discriminator is read as the base type.</summary>
    public bool IgnoresUnknown { get; init; }
}

/// <summary>One type of a union.</summary>
/// <param name="Type">The type, fully qualified.</param>
/// <param name="Formatter">The formatter that writes it with the property.</param>
/// <param name="Discriminator">The property's value as text, or null if the type has none and is read as the base.</param>
internal sealed record VariantModel(string Type, string Formatter, string? Discriminator);
