using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Converts payload types to models. There is one parser per contract, so that a type is parsed once.</summary>
/// <param name="compilation">The compiled assembly.</param>
/// <param name="rules">The rules of the contract or the assembly.</param>
/// <param name="cancellationToken">The token that cancels parsing.</param>
internal sealed class TypeShapeParser(Compilation compilation, PayloadRules rules, CancellationToken cancellationToken)
{
    // A generic type that contains a larger version of itself has no end. If it doubles, its name exceeds any memory before the path
    // reaches the maximum.
    private const int MaxPath = 64;
    private const int MaxParts = 1000;

    private static readonly string?[] Libraries = ["TypedSocketRedis", "TypedSocketRedis.Contracts", "TypedSocketRedis.AspNetCore",
        "MessagePack", "MessagePack.Annotations"];

    // The model of a type with a problem, which is never used.
    private static readonly ValueModel Unknown = new("", ValueKind.Primitive, "", "", false, false);

    private readonly IAssemblySymbol _assembly = compilation.Assembly;
    private readonly Dictionary<ITypeSymbol, ValueModel> _plain = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<string, FormatterModel> _done = [];
    private readonly Dictionary<string, FormatterModel?> _current = [];
    private readonly HashSet<string> _writeOnly = new(StringComparer.Ordinal);
    private readonly Collections _collections = new(compilation);
    private readonly HashSet<ISymbol> _endless = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the rules with which payloads are written and read.</summary>
    public PayloadRules Rules => rules;

    public IEnumerable<FormatterModel> Formatters => _done.Values;

    /// <summary>
    /// The types of the models: types by the name of their formatter, enums by their code. Not used after the parse step.
    /// </summary>
    public Dictionary<string, ITypeSymbol> Types { get; } = [];

    /// <summary>Parses the type of a parameter, an ack or a marked payload, and reports all problems in it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="subject">The parameter, the event that returns the type, or the marked type itself.</param>
    /// <param name="payload">The receiver of the problems.</param>
    /// <returns>The model, or null if the type or one inside it cannot be sent; none of its formatters is kept in this case.</returns>
    public ValueModel? Parse(ITypeSymbol type, ISymbol subject, PayloadUse payload)
    {
        _current.Clear();
        _endless.Clear();
        var value = Value(type, new(payload, subject, subject, null, 0));
        if (payload.IsBroken) return null;
        foreach (var formatter in _current) _done[formatter.Key] = formatter.Value!;
        return value;
    }

    /// <summary>Parses a type where it is used. The model of a type with a problem is incomplete.</summary>
    /// <param name="type">The type.</param>
    /// <param name="use">The use of the type in the payload.</param>
    /// <param name="member">The property of that type, for its attributes; otherwise null.</param>
    public ValueModel Value(ITypeSymbol type, TypeUse use, ISymbol? member = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HasTooManyParts(type)) return TooDeep(use);
        type = Nullability.Known(type, compilation);
        if (_endless.Contains(type.OriginalDefinition)) return Endless(use);
        if (IsReported(type))
        {
            use.Payload.Fail();
            return Unknown;
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Value(nullable.TypeArguments[0], use, member) with { IsNullable = true, Missing = "" };

        var model = Plain(type);
        if (member is not null)
        {
            if (!CheckAttributes(member, type, use)) return Unknown;
            if (Special(type, member, use) is { } special)
                return model with { Kind = ValueKind.Formatter, Codec = special, IsSet = "" };
        }

        if (model.Codec.Length > 0) return model;
        if (!CheckType(type, use)) return Unknown;
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } number } && CustomParser.Find(type) is null && !EnumParser.IsText(type))
        {
            Types[model.Type] = type;
            return model with { Kind = ValueKind.Enum, Codec = number.Name, EnumNumber = number.PlainCode() };
        }

        var isArray = rules.RespectsNull && KnownTypes.Sequence(type) is { Kind: SequenceKind.ImmutableArray };
        return Formatter(type, use) is { } formatter
            ? model with { Kind = ValueKind.Formatter, Codec = formatter, Missing = isArray ? "{0}.IsDefault" : model.Missing }
            : TooDeep(use);
    }

    /// <summary>Adds a formatter with its own name, if it has not been added.</summary>
    public string Register(string name, Func<string, FormatterModel> shape)
    {
        name += rules.Suffix;
        if (_done.ContainsKey(name) || _current.ContainsKey(name)) return name;

        // Registered before it is parsed: a type that contains itself refers to its own formatter.
        _current[name] = null;
        _current[name] = shape(name) with { IsResolved = false };
        return name;
    }

    /// <summary>Parses an object.</summary>
    public ObjectModel Object(INamedTypeSymbol type, string name, TypeUse use) =>
        new ObjectShapeParser(this, _assembly).Parse(type, name, use);

    /// <summary>Returns the members of a parsed object; empty while it is being parsed.</summary>
    public IEnumerable<MemberModel> Members(string name) =>
        _done.TryGetValue(name, out var done) || _current.TryGetValue(name, out done) ? (done as ObjectModel)?.Members ?? [] : [];

    // Most properties have one of a few types, and every lookup needs the name of the type.
    private ValueModel Plain(ITypeSymbol type)
    {
        if (_plain.TryGetValue(type, out var known)) return known;
        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        var model = new ValueModel(type.CodeWithoutNull(), ValueKind.Primitive, "", "", type.IsReferenceType, isNullable)
        {
            Missing = rules.RespectsNull && type.IsReferenceType && !isNullable ? "{0} is null" : "",
        };
        if (KnownTypes.Primitive(type) is { } primitive)
            model = primitive == "DateTime"
                ? model with { Kind = ValueKind.Date, Codec = primitive, IsUnspecifiedUtc = rules.IsUnspecifiedUtc }
                : model with { Codec = primitive };
        else if (KnownTypes.Dynamic(type) is { } dynamic)
            model = model with { Kind = ValueKind.Dynamic, Codec = dynamic,
                IsSet = dynamic == "JsonElement" ? "{0}.ValueKind != default" : "" };
        _plain.Add(type, model);
        return model;
    }

    private string? Special(ITypeSymbol type, ISymbol member, TypeUse use)
    {
        if (CustomParser.Find(member) is { } formatter)
            return Register(FormatterNames.Special(type, "By_" + FormatterNames.Of(formatter)),
                n => CustomParser.Parse(type, formatter, n, _assembly));
        if (!EnumParser.IsText(member)) return null;
        Types[type.CodeWithoutNull()] = type;
        return Register(FormatterNames.Special(type, "Text"), n => EnumParser.Parse((INamedTypeSymbol)type, n, use));
    }

    // Null if the type is inside too many others.
    private string? Formatter(ITypeSymbol type, TypeUse use)
    {
        var name = FormatterNames.Of(type) + rules.Suffix;
        if (_done.ContainsKey(name) || _current.ContainsKey(name))
        {
            if (_writeOnly.Contains(name)) CheckWriteOnly(type, use);
            return name;
        }

        if (use.Depth > MaxPath) return null;

        // Registered before it is parsed: a type that contains itself refers to its own formatter.
        Types[name] = type;
        _current[name] = null;
        var shape = Shape(type, name, use);
        if (shape is ICollectionModel { IsWriteOnly: true }) CheckWriteOnly(type, use);
        _current[name] = shape with
        {
            PlainType = type.PlainCode(),
            IsResolved = rules.Suffix.Length == 0,
            RefusesNil = rules.RespectsNull && shape is ObjectModel { IsReference: false } or TupleModel { IsReference: false },
        };
        return name;
    }

    private FormatterModel Shape(ITypeSymbol type, string name, TypeUse use)
    {
        var code = type.CodeWithoutNull();
        if (CustomParser.Find(type) is { } formatter) return CustomParser.Parse(type, formatter, name, _assembly);
        if (EnumParser.IsText(type)) return EnumParser.Parse((INamedTypeSymbol)type, name, use);
        if (KnownTypes.Sequence(type) is var (element, kind)) return new SequenceModel(name, code, kind, Value(element, use.Inner()));
        if (KnownTypes.Map(type) is var (key, item, mapKind))
            return new MapModel(name, code, mapKind, Key(key, use), Value(item, use.Inner()));
        if (KnownTypes.Tuple(type) is { } items)
            return new TupleModel(name, code, type.IsReferenceType, new(items.Select(t => Value(t, use.Inner()))));
        if (Collections.Map(type) is var (otherKey, otherItem))
            return _collections.Map(name, type, Key(otherKey, use), Value(otherItem, use.Inner()));
        if (Collections.Sequence(type) is { } other) return _collections.Sequence(name, type, Value(other, use.Inner()));
        return UnionParser.IsUnion(type)
            ? new UnionParser(this, _assembly).Parse((INamedTypeSymbol)type, name, use)
            : Object((INamedTypeSymbol)type, name, use);
    }

    private KeyModel Key(ITypeSymbol type, TypeUse use)
    {
        if (KnownTypes.Key(type) is { } kind) return new(type.PlainCode(), kind, type.Name);
        if (type is not INamedTypeSymbol { EnumUnderlyingType: { } number })
        {
            if (IsReported(type)) use.Payload.Fail();
            else use.Refuse(Descriptors.Key, type.Display());
            return new("", KeyKind.Text, "");
        }

        var value = Value(type, use);
        return value.Kind == ValueKind.Enum
            ? new(type.PlainCode(), KeyKind.Enum, number.PlainCode())
            : new(type.PlainCode(), CustomParser.Find(type) is null ? KeyKind.EnumText : KeyKind.Custom, value.Codec);
    }

    // Everything that contains the type cannot be read either.
    private void CheckWriteOnly(ITypeSymbol type, TypeUse use)
    {
        foreach (var container in _current.Where(c => c.Value is null)) _writeOnly.Add(container.Key);
        if (use.Payload.IsRead) use.Refuse(Descriptors.WriteOnly, type.DisplayWithoutNull());
    }

    // Refuses the type that contains a use inside too many others, and marks it: its larger versions are not parsed any more.
    private ValueModel TooDeep(TypeUse use)
    {
        _endless.Add(use.Container);
        use.Refuse(use.Outer, Descriptors.Endless);
        return Unknown;
    }

    // Reported at the members of marked types only, not where such a type is used.
    private ValueModel Endless(TypeUse use)
    {
        if (_endless.Contains(use.Container)) use.Refuse(Descriptors.Endless);
        use.Payload.Fail();
        return Unknown;
    }

    // A type parameter is reported with the contract, the event or the marked type that has it.
    private static bool IsReported(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Error or TypeKind.TypeParameter || Constraints.AreBroken(type);

    // An attribute for MessagePack takes precedence over one for System.Text.Json.
    private bool CheckAttributes(ISymbol symbol, ITypeSymbol type, TypeUse use) =>
        symbol.Attribute(PayloadAttributes.CustomFormatter) is { } attribute
            ? CustomParser.Check(symbol, type, attribute, _assembly, use)
            : EnumParser.Check(symbol, type, use);

    // True if the types inside it can be parsed, although it may have problems.
    private bool CheckType(ITypeSymbol type, TypeUse use)
    {
        if (KnownTypes.Sequence(type) is not null || KnownTypes.Map(type) is not null || KnownTypes.Tuple(type) is not null) return true;
        if (KnownTypes.IsPlain(type)) return true;
        if (!CheckAttributes(type, type, use)) return false;
        if (CustomParser.Find(type) is not null) return true;
        if (Collections.Contains(type) && !IsLibraryType(type) && Symbols.IsNameable(type))
        {
            if (PayloadAttributes.IsForbidden(type)) use.Refuse(type, Descriptors.ObsoleteType);
            if (!Symbols.IsReachable(type, _assembly)) use.Refuse(type, Descriptors.TypeAccess);
            return true;
        }

        if (NoPayload(type) is { } reason)
        {
            if (reason == Descriptors.OpenType) use.Refuse(type, reason);
            else use.Refuse(reason, type.DisplayWithoutNull(), reason == Descriptors.FrameworkType ? FrameworkPayloads.Advice(type) : "");
            return false;
        }

        if (PayloadAttributes.IsForbidden(type)) use.Refuse(type, Descriptors.ObsoleteType);
        if (!Symbols.IsReachable(type, _assembly)) use.Refuse(type, Descriptors.TypeAccess);
        foreach (var name in PayloadAttributes.Unsupported(type)) use.Refuse(type, Descriptors.Unsupported, name);
        return true;
    }

    private DiagnosticDescriptor? NoPayload(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol => Descriptors.ArrayRank,
        { TypeKind: TypeKind.Dynamic } => Descriptors.Dynamic,
        { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Interface) } => Descriptors.NoData,
        { IsRefLikeType: true } or { IsStatic: true } => Descriptors.NoData,
        { TypeKind: not TypeKind.Enum } when Symbols.IsFramework(type, _assembly) => Descriptors.FrameworkType,
        { TypeKind: not TypeKind.Enum } when IsLibraryType(type) => Descriptors.LibraryType,
        _ when !Symbols.IsNameable(type) => Descriptors.TypeName,
        { TypeKind: TypeKind.Interface } or { IsAbstract: true } when !UnionParser.IsUnion(type) => Descriptors.OpenType,
        _ when type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable) => Descriptors.Collection,
        _ => null,
    };

    private static bool HasTooManyParts(ITypeSymbol type)
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

    private bool IsLibraryType(ITypeSymbol type) =>
        !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _assembly) && Libraries.Contains(type.ContainingAssembly?.Name);
}
