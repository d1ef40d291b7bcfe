namespace TypedSocketRedis.Generator.Model;

/// <summary>A tuple: an array of a fixed length.</summary>
internal sealed record TupleModel(string Name, string Type, bool IsReference, EquatableArray<ValueModel> Items)
    : FormatterModel(Name, Type, IsReference);

/// <summary>An enum that travels as its number and has a formatter all the same, because it is a payload by itself.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The enum, fully qualified.</param>
/// <param name="Number">The keyword of the number behind it.</param>
internal sealed record NumberModel(string Name, string Type, string Number) : FormatterModel(Name, Type, IsReference: false);

/// <summary>An enum whose members travel as text.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The enum, fully qualified.</param>
/// <param name="Number">The keyword of the number behind it.</param>
/// <param name="IsFlags">Whether values are combined.</param>
/// <param name="Members">One member for each value, the first that is declared.</param>
internal sealed record EnumModel(string Name, string Type, string Number, bool IsFlags, EquatableArray<EnumMemberModel> Members)
    : FormatterModel(Name, Type, IsReference: false);

/// <summary>One member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its value as code.</param>
/// <param name="WireName">Its text.</param>
/// <param name="IsAlias">Whether an earlier member has its value: it is read but never written.</param>
internal sealed record EnumMemberModel(string Name, string Code, string WireName, bool IsAlias);

/// <summary>A type that a formatter of the author's own writes and reads.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The payload type, fully qualified.</param>
/// <param name="IsReference">Whether it is a reference type.</param>
/// <param name="Creation">The author's formatter, as code.</param>
/// <param name="Resolver">The assembly's resolver, fully qualified.</param>
/// <param name="TypeScript">What its author says it is in TypeScript; empty when nobody does.</param>
internal sealed record CustomModel(string Name, string Type, bool IsReference, string Creation, string Resolver, string TypeScript)
    : FormatterModel(Name, Type, IsReference);

/// <summary>A base class or interface that lists its derived types; a property says which one it is.</summary>
/// <param name="Name">The formatter's class.</param>
/// <param name="Type">The base type, fully qualified.</param>
/// <param name="Display">Its name for people.</param>
/// <param name="Property">The property that says which.</param>
/// <param name="Base">The formatter of the base type itself, without that property; empty when there is none.</param>
/// <param name="IsOpen">Whether types that are not listed are written as the base type.</param>
/// <param name="Variants">The types that are listed.</param>
internal sealed record UnionModel(
    string Name, string Type, string Display, string Property, string Base, bool IsOpen, EquatableArray<VariantModel> Variants)
    : FormatterModel(Name, Type, IsReference: true);

/// <summary>One type of a union.</summary>
/// <param name="Type">The type, fully qualified.</param>
/// <param name="Formatter">The formatter that writes it with the property.</param>
/// <param name="Discriminator">The property's value as text; null when the type has none and is read as the base.</param>
internal sealed record VariantModel(string Type, string Formatter, string? Discriminator);
