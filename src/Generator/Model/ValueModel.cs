namespace TypedSocketRedis.Generator.Model;

/// <summary>Who writes and reads a value.</summary>
internal enum ValueKind
{
    /// <summary>The runtime's <c>ValueWriter</c> and <c>ValueReader</c>.</summary>
    Primitive,

    /// <summary>As <see cref="Primitive"/>, and the writer names the place when it refuses the value.</summary>
    Date,

    /// <summary>The runtime, as a number.</summary>
    Enum,

    /// <summary>The runtime, by what the value is when it is sent or received.</summary>
    Dynamic,

    /// <summary>A generated formatter.</summary>
    Formatter,
}

/// <summary>A value where it is used: a parameter, a property, an element.</summary>
/// <param name="Type">Its type, fully qualified, without the mark of nullability.</param>
/// <param name="Kind">Who writes it.</param>
/// <param name="Codec">The reader's suffix (<c>Int32</c>) or the formatter's name.</param>
/// <param name="EnumNumber">The keyword of the number behind an enum; otherwise empty.</param>
/// <param name="IsReference">Whether the type is a reference type.</param>
/// <param name="IsNullable">Whether null is declared: <c>int?</c>, <c>string?</c>.</param>
internal sealed record ValueModel(
    string Type, ValueKind Kind, string Codec, string EnumNumber, bool IsReference, bool IsNullable)
{
    /// <summary>The test, as code with <c>{0}</c>, that a value type's value is one at all; empty when it always is.</summary>
    public string IsSet { get; init; } = "";

    /// <summary>The type as it was declared.</summary>
    public string DeclaredType => IsNullable ? Type + "?" : Type;

    /// <summary>The type of a variable that may hold nothing yet.</summary>
    public string VariableType => IsNullable || IsReference ? Type + "?" : Type;

    /// <summary>Whether a value type has a value that is written as nil.</summary>
    public bool CanBeNil => !IsReference && (IsSet.Length > 0 || Kind == ValueKind.Dynamic);

    /// <summary>Whether a value can be null when it is written, whatever its declaration says.</summary>
    public bool CanBeNull => IsNullable || IsReference;
}
