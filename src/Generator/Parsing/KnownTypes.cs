using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>The framework's types that are payloads by themselves.</summary>
internal static class KnownTypes
{
    private static readonly Dictionary<string, SequenceKind> Sequences = new()
    {
        ["System.Collections.Generic.List<T>"] = SequenceKind.List,
        ["System.Collections.Generic.IList<T>"] = SequenceKind.List,
        ["System.Collections.Generic.IReadOnlyList<T>"] = SequenceKind.List,
        ["System.Collections.Generic.ICollection<T>"] = SequenceKind.Collection,
        ["System.Collections.Generic.IReadOnlyCollection<T>"] = SequenceKind.Collection,
        ["System.Collections.Generic.IEnumerable<T>"] = SequenceKind.Enumerable,
        ["System.Collections.Generic.HashSet<T>"] = SequenceKind.Set,
        ["System.Collections.Generic.ISet<T>"] = SequenceKind.Set,
        ["System.Collections.Generic.IReadOnlySet<T>"] = SequenceKind.Set,
    };

    private static readonly HashSet<string> Maps =
    [
        "System.Collections.Generic.Dictionary<TKey, TValue>",
        "System.Collections.Generic.IDictionary<TKey, TValue>",
        "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>",
    ];

    /// <summary>The reader's suffix of a type the runtime writes itself; null for all others.</summary>
    public static string? Primitive(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_SByte or SpecialType.System_Byte
            or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32
            or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double
            or SpecialType.System_Decimal or SpecialType.System_String or SpecialType.System_DateTime } => type.Name,
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => "Bytes",
        _ => type.ToDisplayString() switch
        {
            "System.Guid" => "Guid",
            "System.TimeSpan" => "TimeSpan",
            "System.DateTimeOffset" => "DateTimeOffset",
            "System.ReadOnlyMemory<byte>" => "Memory",
            _ => null,
        },
    };

    /// <summary>The element of a sequence, and how to walk it.</summary>
    public static (ITypeSymbol Element, SequenceKind Kind)? Sequence(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => (array.ElementType, SequenceKind.Array),
        INamedTypeSymbol { Arity: 1 } named when Sequences.TryGetValue(named.OriginalDefinition.ToDisplayString(), out var kind) =>
            (named.TypeArguments[0], kind),
        _ => null,
    };

    /// <summary>The key and the value of a dictionary.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value)? Map(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 2 } named && Maps.Contains(named.OriginalDefinition.ToDisplayString())
            ? (named.TypeArguments[0], named.TypeArguments[1])
            : null;
}
