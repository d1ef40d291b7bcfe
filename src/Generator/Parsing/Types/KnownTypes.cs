using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>The types of the framework that are payloads by themselves.</summary>
internal static class KnownTypes
{
    /// <summary>The codec of a decimal that is written as a number.</summary>
    public const string DecimalNumber = "DecimalNumber";

    private const string Generic = "System.Collections.Generic.";
    private const string Numerics = "System.Numerics.";
    private const string Immutable = "System.Collections.Immutable.";

    private static readonly Dictionary<string, SequenceKind> Sequences = new()
    {
        [Generic + "List<T>"] = SequenceKind.List,
        [Generic + "IList<T>"] = SequenceKind.List,
        [Generic + "IReadOnlyList<T>"] = SequenceKind.List,
        [Generic + "ICollection<T>"] = SequenceKind.Collection,
        [Generic + "IReadOnlyCollection<T>"] = SequenceKind.Collection,
        [Generic + "IEnumerable<T>"] = SequenceKind.Enumerable,
        [Generic + "HashSet<T>"] = SequenceKind.Set,
        [Generic + "ISet<T>"] = SequenceKind.Set,
        [Generic + "IReadOnlySet<T>"] = SequenceKind.Set,
        [Immutable + "ImmutableArray<T>"] = SequenceKind.ImmutableArray,
        [Immutable + "ImmutableList<T>"] = SequenceKind.ImmutableList,
        [Immutable + "IImmutableList<T>"] = SequenceKind.ImmutableList,
        [Immutable + "ImmutableHashSet<T>"] = SequenceKind.ImmutableSet,
        [Immutable + "IImmutableSet<T>"] = SequenceKind.ImmutableSet,
        ["System.Collections.Frozen.FrozenSet<T>"] = SequenceKind.FrozenSet,
    };

    private static readonly Dictionary<string, MapKind> Maps = new()
    {
        [Generic + "Dictionary<TKey, TValue>"] = MapKind.Dictionary,
        [Generic + "IDictionary<TKey, TValue>"] = MapKind.Dictionary,
        [Generic + "IReadOnlyDictionary<TKey, TValue>"] = MapKind.Dictionary,
        [Generic + "SortedDictionary<TKey, TValue>"] = MapKind.Sorted,
        [Immutable + "ImmutableDictionary<TKey, TValue>"] = MapKind.Immutable,
        [Immutable + "IImmutableDictionary<TKey, TValue>"] = MapKind.Immutable,
        ["System.Collections.Frozen.FrozenDictionary<TKey, TValue>"] = MapKind.Frozen,
    };

    private static readonly Dictionary<string, string> Values = new()
    {
        ["System.Guid"] = "Guid",
        ["System.TimeSpan"] = "TimeSpan",
        ["System.DateTimeOffset"] = "DateTimeOffset",
        ["System.ReadOnlyMemory<byte>"] = "Memory",
        ["System.Memory<byte>"] = "WritableMemory",
        ["System.ArraySegment<byte>"] = "Segment",
    };

    // The types that FrameworkWriter and FrameworkReader support. The writer's methods also contain the codec's name.
    private static readonly Dictionary<string, string> Framework = new()
    {
        ["System.Half"] = "Half",
        ["System.Int128"] = "Int128",
        ["System.UInt128"] = "UInt128",
        ["System.Numerics.BigInteger"] = "BigInteger",
        ["System.Uri"] = "Uri",
        ["System.Version"] = "Version",
        ["System.DateOnly"] = "DateOnly",
        ["System.TimeOnly"] = "TimeOnly",
        ["System.Text.Rune"] = "Rune",
        ["System.Net.IPAddress"] = "IPAddress",
        ["System.Net.IPEndPoint"] = "IPEndPoint",
    };

    // Objects of the framework with the members that are sent; the others are computed from them.
    private static readonly Dictionary<string, string[]> Objects = new()
    {
        [Generic + "KeyValuePair<TKey, TValue>"] = ["Key", "Value"],
        [Numerics + "Vector2"] = ["X", "Y"],
        [Numerics + "Vector3"] = ["X", "Y", "Z"],
        [Numerics + "Vector4"] = ["X", "Y", "Z", "W"],
        [Numerics + "Quaternion"] = ["X", "Y", "Z", "W"],
        [Numerics + "Plane"] = ["Normal", "D"],
        [Numerics + "Complex"] = ["Real", "Imaginary"],
    };

    private static readonly Dictionary<string, string> Dynamics = new()
    {
        ["System.Text.Json.JsonElement"] = "JsonElement",
        ["System.Text.Json.JsonDocument"] = "JsonDocument",
        ["System.Text.Json.Nodes.JsonNode"] = "JsonNode",
        ["System.Text.Json.Nodes.JsonObject"] = "JsonObject",
        ["System.Text.Json.Nodes.JsonArray"] = "JsonArray",
        ["TypedSocketRedis.SocketArgument"] = "SocketArgument",
        ["object"] = "Object",
    };

    private static readonly HashSet<string> Keys =
    [
        "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "decimal",
        "System.Int128", "System.UInt128", "System.Guid", "System.DateOnly", "bool", "float", "double", "System.Half",
    ];

    private static readonly HashSet<string> SpecialKeys =
        ["System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.TimeOnly", "System.Uri", "System.Version"];

    /// <summary>Returns a value indicating whether a codec is that of one of the framework's less common types.</summary>
    public static bool IsFramework(string codec) => Framework.ContainsValue(codec);

    /// <summary>Returns the codec of a type that the runtime writes itself, or null for any other type.</summary>
    public static string? Primitive(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_SByte or SpecialType.System_Byte
            or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32
            or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double
            or SpecialType.System_Decimal or SpecialType.System_String or SpecialType.System_DateTime
            or SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => type.Name,
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => "Bytes",
        _ => Find(Values, type) ?? Find(Framework, type),
    };

    /// <summary>Returns the codec of a type whose values are known only at run time, or null for any other type.</summary>
    public static string? Dynamic(ITypeSymbol type) => Find(Dynamics, type);

    /// <summary>Returns the element and the kind of a sequence, or null for any other type.</summary>
    public static (ITypeSymbol Element, SequenceKind Kind)? Sequence(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => (array.ElementType, SequenceKind.Array),
        INamedTypeSymbol { Arity: 1 } named when Sequences.TryGetValue(named.OriginalDefinition.ToDisplayString(), out var kind) =>
            (named.TypeArguments[0], kind),
        _ => null,
    };

    /// <summary>Returns the key, the value and the kind of a dictionary, or null for any other type.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value, MapKind Kind)? Map(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 2 } named && Maps.TryGetValue(named.OriginalDefinition.ToDisplayString(), out var kind)
            ? (named.TypeArguments[0], named.TypeArguments[1], kind)
            : null;

    /// <summary>Returns the kind of a key that is not an enum, or null if it has no text form.</summary>
    public static KeyKind? Key(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String or SpecialType.System_Char => KeyKind.Text,
        _ when type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString() is var name =>
            Keys.Contains(name) ? KeyKind.Formattable : SpecialKeys.Contains(name) ? KeyKind.Special : null,
        _ => null,
    };

    /// <summary>Returns the items of a tuple, or null for any other type.</summary>
    public static IReadOnlyList<ITypeSymbol>? Tuple(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { IsTupleType: true, TupleElements.IsEmpty: false } tuple => [.. tuple.TupleElements.Select(e => e.Type)],
        INamedTypeSymbol { Name: "Tuple", Arity: > 0 and < 8,
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } tuple =>
            tuple.TypeArguments,
        _ => null,
    };

    /// <summary>
    /// Returns the members of a type of the framework that is parsed like an object of the application, or null for any other type.
    /// </summary>
    public static string[]? Members(ITypeSymbol type) =>
        CanBeKnown(type) && Objects.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var members) ? members : null;

    /// <summary>Returns the type of the value of an <c>Optional</c>, or null for any other type.</summary>
    public static ITypeSymbol? Optional(ITypeSymbol type) => Library(type, "Optional", 1)?.TypeArguments[0];

    /// <summary>
    /// Returns the types of the data and the error of a result, the latter null for text; or null for a type that is not a result.
    /// </summary>
    public static (ITypeSymbol Data, ITypeSymbol? Error)? Result(ITypeSymbol type) =>
        (Library(type, "Result", 1) ?? Library(type, "Result", 2)) is { TypeArguments: var types }
            ? (types[0], types.Length == 1 ? null : types[1])
            : null;

    private static INamedTypeSymbol? Library(ITypeSymbol type, string name, int arity) =>
        type is INamedTypeSymbol { ContainingType: null, ContainingNamespace: { Name: "TypedSocketRedis",
            ContainingNamespace.IsGlobalNamespace: true }, ContainingAssembly.Name: "TypedSocketRedis.Contracts" } known
            && known.Name == name && known.Arity == arity
            ? known
            : null;

    // The namespace is compared first, because the full name is created by each call.
    private static bool CanBeKnown(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer }) space = outer;
        return space?.Name is "System" or "TypedSocketRedis";
    }

    private static string? Find(Dictionary<string, string> codecs, ITypeSymbol type) =>
        type is INamedTypeSymbol && CanBeKnown(type)
            && codecs.TryGetValue(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(), out var codec) ? codec
                : null;
}
