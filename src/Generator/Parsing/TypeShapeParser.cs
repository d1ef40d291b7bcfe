using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Converts payload types to models. There is one parser per contract, so that a type is parsed once.</summary>
internal sealed class TypeShapeParser(IAssemblySymbol assembly, CancellationToken cancellationToken)
{
    // A generic type that contains a larger version of itself has no end. If it doubles, its name exceeds any memory before the path
    // reaches the maximum.
    private const int MaxPath = 64;
    private const int MaxParts = 1000;

    private static readonly string?[] Libraries = ["TypedSocketRedis", "TypedSocketRedis.Contracts", "TypedSocketRedis.AspNetCore",
        "MessagePack", "MessagePack.Annotations"];

    private readonly Dictionary<ITypeSymbol, ValueModel> _plain = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<string, FormatterModel> _done = [];
    private readonly Dictionary<string, FormatterModel?> _current = [];

    public IEnumerable<FormatterModel> Formatters => _done.Values;

    /// <summary>
    /// The types of the models: types by the name of their formatter, enums by their code. Not used after the parse step.
    /// </summary>
    public Dictionary<string, ITypeSymbol> Types { get; } = [];

    /// <summary>Parses the type of a parameter. If a part of it fails, none of its formatters is kept.</summary>
    /// <exception cref="ShapeException">The type, or one inside it, cannot be sent.</exception>
    public ValueModel Parse(ITypeSymbol type)
    {
        _current.Clear();
        var value = Value(type, ShapePath.Of(type));
        foreach (var formatter in _current) _done[formatter.Key] = formatter.Value!;
        return value;
    }

    /// <summary>Parses a type where it is used.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">The path of the type in the payload.</param>
    /// <param name="member">The property of that type, for its attributes; otherwise null.</param>
    public ValueModel Value(ITypeSymbol type, ShapePath path, ISymbol? member = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsEndless(type)) throw path.Endless();
        if (Constraints.AreBroken(type)) throw path.CompilerError();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Value(nullable.TypeArguments[0], path, member) with { IsNullable = true };

        var model = Plain(type);
        if (member is not null && Special(type, path, member) is { } special)
            return model with { Kind = ValueKind.Formatter, Codec = special, IsSet = "" };
        if (model.Codec.Length > 0) return model;
        Refuse(type, path);
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } number } && !IsSpecial(type, path))
        {
            Types[model.Type] = type;
            return model with { Kind = ValueKind.Enum, Codec = number.Name, EnumNumber = number.PlainCode() };
        }

        var isArray = KnownTypes.Sequence(type) is { Kind: SequenceKind.ImmutableArray };
        return model with { Kind = ValueKind.Formatter, Codec = Formatter(type, path), IsSet = isArray ? "!{0}.IsDefault" : "" };
    }

    /// <summary>Adds a formatter with its own name, if it has not been added.</summary>
    public string Register(string name, Func<string, FormatterModel> shape)
    {
        if (_done.ContainsKey(name) || _current.ContainsKey(name)) return name;

        // Registered before it is parsed: a type that contains itself refers to its own formatter.
        _current[name] = null;
        _current[name] = shape(name) with { IsResolved = false };
        return name;
    }

    /// <summary>Parses an object.</summary>
    public ObjectModel Object(INamedTypeSymbol type, string name, ShapePath path)
    {
        if (path.Depth > MaxPath) throw path.Endless();
        return new ObjectShapeParser(this, assembly).Parse(type, name, path);
    }

    /// <summary>Returns the members of a parsed object; empty while it is being parsed.</summary>
    public IEnumerable<MemberModel> Members(string name) =>
        _done.TryGetValue(name, out var done) || _current.TryGetValue(name, out done) ? (done as ObjectModel)?.Members ?? [] : [];

    // Most properties have one of a few types, and every lookup needs the name of the type.
    private ValueModel Plain(ITypeSymbol type)
    {
        if (_plain.TryGetValue(type, out var known)) return known;
        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        var model = new ValueModel(type.CodeWithoutNull(), ValueKind.Primitive, "", "", type.IsReferenceType, isNullable);
        if (KnownTypes.Primitive(type) is { } primitive)
            model = model with { Kind = primitive == "DateTime" ? ValueKind.Date : ValueKind.Primitive, Codec = primitive };
        else if (KnownTypes.Dynamic(type) is { } dynamic)
            model = model with { Kind = ValueKind.Dynamic, Codec = dynamic,
                IsSet = dynamic == "JsonElement" ? "{0}.ValueKind != default" : "" };
        _plain.Add(type, model);
        return model;
    }

    private string? Special(ITypeSymbol type, ShapePath path, ISymbol member)
    {
        if (CustomParser.Find(member, type, assembly, path) is { } formatter)
            return Register(FormatterNames.Special(type, "By_" + FormatterNames.Of(formatter)),
                n => CustomParser.Parse(type, formatter, n, assembly));
        if (!EnumParser.IsText(member, type, path)) return null;
        Types[type.CodeWithoutNull()] = type;
        return Register(FormatterNames.Special(type, "Text"), n => EnumParser.Parse((INamedTypeSymbol)type, n, path));
    }

    private bool IsSpecial(ITypeSymbol type, ShapePath path) =>
        EnumParser.IsText(type, type, path) || CustomParser.Find(type, type, assembly, path) is not null;

    private string Formatter(ITypeSymbol type, ShapePath path)
    {
        var name = FormatterNames.Of(type);
        if (_done.ContainsKey(name) || _current.ContainsKey(name)) return name;
        if (path.Depth > MaxPath) throw path.Endless();

        // Registered before it is parsed: a type that contains itself refers to its own formatter.
        Types[name] = type;
        _current[name] = null;
        _current[name] = Shape(type, name, path) with { PlainType = type.PlainCode() };
        return name;
    }

    private FormatterModel Shape(ITypeSymbol type, string name, ShapePath path)
    {
        var code = type.CodeWithoutNull();
        if (CustomParser.Find(type, type, assembly, path) is { } formatter) return CustomParser.Parse(type, formatter, name, assembly);
        if (EnumParser.IsText(type, type, path)) return EnumParser.Parse((INamedTypeSymbol)type, name, path);
        if (KnownTypes.Sequence(type) is var (element, kind))
            return new SequenceModel(name, code, kind, Value(element, path.Element(element)));

        if (KnownTypes.Map(type) is var (key, item, mapKind))
            return new MapModel(name, code, mapKind, Key(key, path), Value(item, path.Element(item)));
        if (KnownTypes.Tuple(type) is { } items)
            return new TupleModel(name, code, type.IsReferenceType, new(items.Select((t, i) => Value(t, path.Item(i)))));
        return UnionParser.IsUnion(type)
            ? new UnionParser(this, assembly).Parse((INamedTypeSymbol)type, name, path)
            : Object((INamedTypeSymbol)type, name, path);
    }

    private KeyModel Key(ITypeSymbol type, ShapePath path)
    {
        if (type.TypeKind == TypeKind.Error) throw path.CompilerError();
        if (KnownTypes.Key(type) is { } kind) return new(type.PlainCode(), kind, type.Name);
        if (type is not INamedTypeSymbol { EnumUnderlyingType: { } number })
        {
            throw path.Refuse(
                $"a key of type {type.Display()} has no text form: use string, an integer, decimal, char, Guid, DateOnly or an enum",
                Descriptors.Key);
        }

        var value = Value(type, path);
        return value.Kind == ValueKind.Enum
            ? new(type.PlainCode(), KeyKind.Enum, number.PlainCode())
            : new(type.PlainCode(), KeyKind.EnumText, value.Codec);
    }

    private void Refuse(ITypeSymbol type, ShapePath path)
    {
        if (type.TypeKind == TypeKind.Error) throw path.CompilerError();
        if (type is IArrayTypeSymbol array)
        {
            if (!array.IsSZArray) throw path.Refuse("only arrays of one dimension are supported");
            return;
        }

        if (KnownTypes.Sequence(type) is not null || KnownTypes.Map(type) is not null || KnownTypes.Tuple(type) is not null) return;
        if (KnownTypes.IsPlain(type) || CustomParser.Find(type, type, assembly, path) is not null) return;
        if (type.TypeKind != TypeKind.Enum) EnumParser.IsText(type, type, path);
        var isUnion = UnionParser.IsUnion(type);

        var reason = type switch
        {
            { TypeKind: TypeKind.Dynamic } => "its type must be known at compile time: use object",
            { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Interface) } => "it is not a value",
            { IsRefLikeType: true } or { IsStatic: true } => "it is not a value",
            _ when PayloadAttributes.IsForbidden(type) => "it is [Obsolete] as an error",
            { TypeKind: not TypeKind.Enum } when Symbols.IsFramework(type, assembly) => FrameworkPayloads.Refusal(type),
            { TypeKind: not TypeKind.Enum } when IsLibraryType(type, assembly) => "types of this library are not payloads",
            _ when !Symbols.IsNameable(type) => "its name is not valid in C#",
            { TypeKind: TypeKind.Interface } when !isUnion => Open(type, "the properties that are sent", "its types"),
            { IsAbstract: true } when !isUnion => Open(type, "the class that is sent", "its derived classes"),
            _ when IsCollection(type) =>
                "it is a custom collection, whose elements would be lost: use an array, a list, a set or a dictionary",
            _ when !Symbols.IsReachable(type, assembly) => "it is not accessible to generated code: make it internal or public",
            _ => PayloadAttributes.FindUnsupported(type),
        };
        if (reason is not null) throw path.Refuse(reason);
    }

    private static bool IsEndless(ITypeSymbol type)
    {
        var left = MaxParts;
        return !Count(type);

        bool Count(ITypeSymbol part) => left-- > 0 && part switch
        {
            IArrayTypeSymbol array => Count(array.ElementType),
            INamedTypeSymbol named => named.TypeArguments.All(Count) && (named.ContainingType is not { } outer || Count(outer)),
            _ => true,
        };
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool IsLibraryType(ITypeSymbol type, IAssemblySymbol own) =>
        !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, own) && Libraries.Contains(type.ContainingAssembly?.Name);

    // An attribute can be added only if the source is in this assembly.
    private string Open(ITypeSymbol type, string subject, string listed)
    {
        var isHere = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);
        return $"{type.DisplayWithoutNull()} does not define {subject}: list {listed} with [JsonDerivedType]"
            + (isHere ? "" : $" in {type.ContainingAssembly?.Name}, or send your own record");
    }
}
