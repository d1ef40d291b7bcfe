namespace TypedSocketRedis.Generator.Model;

/// <summary>The kinds of values, by the code that writes and reads them.</summary>
internal enum ValueKind
{
    /// <summary>Written and read by the runtime's <c>ValueWriter</c> and <c>ValueReader</c>.</summary>
    Primitive,

    /// <summary>Like <see cref="Primitive"/>, but the writer gets the path for the exception of an invalid value.</summary>
    Date,

    /// <summary>Written and read by the runtime, as a number.</summary>
    Enum,

    /// <summary>Written and read by the runtime, by the type of the value at run time.</summary>
    Dynamic,

    /// <summary>Written and read by a generated formatter.</summary>
    Formatter,
}

/// <summary>A use of a value: a parameter, a property or an element.</summary>
/// <param name="Type">Its type, fully qualified, without the nullable annotation.</param>
/// <param name="Kind">The kind of the value.</param>
/// <param name="Codec">The reader's suffix (<c>Int32</c>) or the formatter's name.</param>
/// <param name="EnumNumber">The keyword of the underlying type of an enum; otherwise empty.</param>
/// <param name="IsReference">True for a reference type.</param>
/// <param name="IsNullable">True if the declared type is nullable: <c>int?</c>, <c>string?</c>.</param>
internal sealed record ValueModel(
    string Type, ValueKind Kind, string Codec, string EnumNumber, bool IsReference, bool IsNullable)
{
    /// <summary>The condition, as code with <c>{0}</c>, under which the value of a value type is set; empty if it always is.</summary>
    public string IsSet { get; init; } = "";

    /// <summary>Gets a value indicating whether it is an <c>Optional</c>.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets a value indicating whether it is an <c>Optional</c> in which null is a value.</summary>
    public bool IsOptionalOfNull { get; init; }

    /// <summary>The names of the items of a tuple; empty if one of them has none.</summary>
    public EquatableArray<string> TupleNames { get; init; }

    /// <summary>The TypeScript type that an attribute sets, with the type arguments as <c>{0}</c>; empty for none.</summary>
    public string TypeScript { get; init; } = "";

    /// <summary>The type arguments in <see cref="TypeScript"/>.</summary>
    public EquatableArray<ValueModel> TypeScriptArguments { get; init; }

    /// <summary>The condition, as code with <c>{0}</c>, under which a value is refused as missing; empty if null is accepted.</summary>
    public string Missing { get; init; } = "";

    /// <summary>Gets a value indicating whether a date without a kind is written as UTC.</summary>
    public bool IsUnspecifiedUtc { get; init; }

    /// <summary>The declared type.</summary>
    public string DeclaredType => IsNullable ? Type + "?" : Type;

    /// <summary>The type of a variable that may not have a value yet.</summary>
    public string VariableType => IsNullable || IsReference ? Type + "?" : Type;

    /// <summary>Gets a value indicating whether a value type has a value that is written as nil.</summary>
    public bool CanBeNil => !IsReference && (IsSet.Length > 0 || Kind == ValueKind.Dynamic);

    /// <summary>Gets a value indicating whether the value can be null when it is written, independently of its declaration.</summary>
    public bool CanBeNull => IsNullable || IsReference;
}
