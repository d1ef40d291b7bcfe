using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>
/// Collections that are created from a list or a dictionary: those of the framework, and all types that implement
/// <c>IEnumerable&lt;T&gt;</c> or a dictionary.
/// </summary>
internal sealed class Collections(Compilation compilation)
{
    private const string Generic = "System.Collections.Generic.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string ToArray = "value.ToArray()";
    private const string Reversed = "global::System.Linq.Enumerable.Reverse(items)";
    private const string Create = "new {0}(items)";

    // The expression that creates each type; {0} is the type. The order of a stack is that in which its items are removed.
    private static readonly Dictionary<string, (string Creation, string Copy)> Framework = new(StringComparer.Ordinal)
    {
        [Generic + "Stack<T>"] = ($"new {{0}}({Reversed})", ToArray),
        [Concurrent + "ConcurrentStack<T>"] = ($"new {{0}}({Reversed})", ToArray),
        [Concurrent + "ConcurrentBag<T>"] = ($"new {{0}}({Reversed})", ToArray),
        [Concurrent + "ConcurrentQueue<T>"] = (Create, ToArray),
        [Concurrent + "ConcurrentDictionary<TKey, TValue>"] = ("new {0}(items, items.Comparer)", ToArray),
        [Generic + "OrderedDictionary<TKey, TValue>"] = ("new {0}(items, items.Comparer)", ""),
        [Generic + "SortedList<TKey, TValue>"] = (Create, ""),
        ["System.ArraySegment<T>"] = ("new {0}(items.ToArray())", ""),
        ["System.Collections.ObjectModel.ReadOnlySet<T>"] =
            ("new {0}(new global::System.Collections.Generic.HashSet<{1}>(items, CollectionReader.NewSet<{1}>(items.Count).Comparer))", ""),
        ["System.Collections.ObjectModel.ReadOnlyObservableCollection<T>"] =
            ("new {0}(new global::System.Collections.ObjectModel.ObservableCollection<{1}>(items))", ""),
        [Immutable + "ImmutableQueue<T>"] = (Immutables("ImmutableQueue", "items"), ""),
        [Immutable + "IImmutableQueue<T>"] = (Immutables("ImmutableQueue", "items"), ""),
        [Immutable + "ImmutableStack<T>"] = (Immutables("ImmutableStack", Reversed), ""),
        [Immutable + "IImmutableStack<T>"] = (Immutables("ImmutableStack", Reversed), ""),
        [Immutable + "ImmutableSortedSet<T>"] = (Immutables("ImmutableSortedSet", "items"), ""),
        [Immutable + "ImmutableSortedDictionary<TKey, TValue>"] = (Immutables("ImmutableSortedDictionary", "items"), ""),
    };

    /// <summary>Returns a value indicating whether a type is sent as an array or an object because of its items.</summary>
    public static bool Contains(ITypeSymbol type) => Map(type) is not null || Sequence(type) is not null;

    /// <summary>Returns the key and the value of a dictionary, or null for any other type.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value)? Map(ITypeSymbol type)
    {
        if (!CanBeCollection(type)) return null;
        var maps = Interfaces(type).Where(i => i.OriginalDefinition.ToDisplayString()
            is Generic + "IDictionary<TKey, TValue>" or Generic + "IReadOnlyDictionary<TKey, TValue>").ToArray();
        return maps.Select(m => m.TypeArguments[0]).Distinct(SymbolEqualityComparer.Default).Count() == 1
            && maps.Select(m => m.TypeArguments[1]).Distinct(SymbolEqualityComparer.Default).Count() == 1
            ? (maps[0].TypeArguments[0], maps[0].TypeArguments[1])
            : null;
    }

    /// <summary>Returns the element of a sequence, or null for any other type.</summary>
    public static ITypeSymbol? Sequence(ITypeSymbol type)
    {
        if (!CanBeCollection(type)) return null;
        var sequences = Interfaces(type)
            .Where(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T).ToArray();
        return sequences.Length == 1 ? sequences[0].TypeArguments[0] : null;
    }

    /// <summary>Returns the model of a dictionary, which cannot be read if nothing is known that creates it.</summary>
    public MapModel Map(string name, ITypeSymbol type, KeyModel key, ValueModel element)
    {
        var (creation, copy) = Known(type) ?? (Creation(type, "IDictionary", 2, "Dictionary`2"), Items(key.Type, element.DeclaredType));
        return new(name, type.CodeWithoutNull(), MapKind.Other, key, element)
        {
            Creation = Filled(creation, type, ""),
            Copy = copy,
            IsWriteOnly = creation.Length == 0,
        };

        static string Items(string key, string value) => "global::System.Linq.Enumerable.ToArray("
            + $"(global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<{key}, {value}>>)value)";
    }

    /// <summary>Returns the model of a sequence, which cannot be read if nothing is known that creates it.</summary>
    public SequenceModel Sequence(string name, ITypeSymbol type, ValueModel element)
    {
        var (creation, copy) = Known(type) ?? (Creation(type, "ICollection", 1, "List`1"), "");
        return new(name, type.CodeWithoutNull(), SequenceKind.Enumerable, element)
        {
            IsReference = type.IsReferenceType,
            Creation = Filled(creation, type, element.DeclaredType),
            Copy = copy,
            IsWriteOnly = creation.Length == 0,
        };
    }

    private static string Filled(string creation, ITypeSymbol type, string element) =>
        creation.Replace("{0}", type.CodeWithoutNull()).Replace("{1}", element);

    private static (string Creation, string Copy)? Known(ITypeSymbol type) =>
        Framework.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var known) ? known : null;

    // Something that the list or dictionary is, an empty collection that is filled, or a constructor that takes the items.
    private string Creation(ITypeSymbol type, string filled, int arity, string items)
    {
        var arguments = Map(type) is var (key, value) && arity == 2 ? new[] { key, value } : [Sequence(type)!];
        if (compilation.GetTypeByMetadataName(Generic + items)?.Construct(arguments) is not { } source) return "";
        if (compilation.HasImplicitConversion(source, type)) return "items";
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } named) return "";
        var constructors = named.InstanceConstructors.Where(c => Symbols.IsAccessible(c, compilation.Assembly)).ToArray();
        var isFilled = type.AllInterfaces.Any(i => i.Name == filled && i.Arity == arity);
        if (isFilled && constructors.Any(c => c.Parameters.Length == 0) && !HasRequiredMembers(named))
            return "CollectionReader.Fill(new {0}(), items)";
        return constructors.Any(c => c.Parameters.Length == 1 && compilation.HasImplicitConversion(source, c.Parameters[0].Type)
            && c.Parameters[0].Type.SpecialType != SpecialType.System_Object)
            ? Create
            : "";
    }

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (t.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })) return true;
        return false;
    }

    private static string Immutables(string type, string items) => $"global::{Immutable}{type}.CreateRange({items})";

    private static bool CanBeCollection(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsRefLikeType: false };

    private static IEnumerable<INamedTypeSymbol> Interfaces(ITypeSymbol type) => type.AllInterfaces.Append((INamedTypeSymbol)type);
}
