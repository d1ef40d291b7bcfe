using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Converts payload types to models. There is one parser per contract, so that a type is parsed once.</summary>
/// <param name="compilation">The compiled assembly.</param>
/// <param name="options">The settings of the contract or the assembly.</param>
/// <param name="cancellationToken">The token that cancels parsing.</param>
internal sealed class TypeShapeParser(Compilation compilation, PayloadOptions options, CancellationToken cancellationToken)
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
    private readonly Dictionary<ITypeSymbol, INamedTypeSymbol?> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _writeOnly = new(StringComparer.Ordinal);
    private readonly Collections _collections = new(compilation);
    private readonly HashSet<ISymbol> _endless = new(SymbolEqualityComparer.Default);

    public IEnumerable<FormatterModel> Formatters => _done.Values;

    /// <summary>The settings of the types.</summary>
    public PayloadOptions Options => options;

    /// <summary>
    /// The types of the models: types by the name of their formatter, enums by their code. Not used after the parse step.
    /// </summary>
    public Dictionary<string, ITypeSymbol> Types { get; } = [];

    /// <summary>The base types of derived types whose formatters write a discriminator, by the name of the formatter.</summary>
    public Dictionary<string, ITypeSymbol> Variants { get; } = [];

    /// <summary>The import statements of TypeScript types that attributes set.</summary>
    public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>Parses the type of a parameter, an ack or a marked payload, and reports all problems in it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="subject">The parameter, the event that returns the type, or the marked type itself.</param>
    /// <param name="payload">The receiver of the problems.</param>
    /// <returns>The model, or null if the type or one inside it cannot be sent; none of its formatters is kept in this case.</returns>
    public ValueModel? Parse(ITypeSymbol type, ISymbol subject, PayloadUse payload)
    {
        _current.Clear();
        _endless.Clear();
        var use = new TypeUse(payload, subject, subject, null, 0);
        var value = Value(type, use);
        var attributes = subject is IMethodSymbol method ? method.GetReturnTypeAttributes()
            : subject is IParameterSymbol ? subject.GetAttributes() : [];
        if (TypeScript(attributes) is { Length: > 0 } text) value = WithTypeScript(value, text, type, use);
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
        var value = Uninterpreted(type, use, member);
        var text = member is null ? "" : TypeScript(member.GetAttributes());
        if (text.Length == 0) text = TypeScript(type.GetAttributes());
        return Named(text.Length == 0 ? value : WithTypeScript(value, text, type, use), type);
    }

    private string TypeScript(ImmutableArray<AttributeData> attributes)
    {
        if (attributes.IsEmpty) return "";
        var attribute = attributes.FirstOrDefault(a => a.Is(KnownNames.TypeScriptType));
        if (attribute is null) return "";
        if (PayloadAttributes.Named(attribute, "Import") is string { Length: > 0 } import) Imports.Add(import);
        return PayloadAttributes.Text(attribute) ?? "";
    }

    private ValueModel WithTypeScript(ValueModel value, string text, ITypeSymbol type, TypeUse use) => value with
    {
        TypeScript = text,
        TypeScriptArguments = Arguments(text, type, use),
    };

    // Only those that the text mentions need TypeScript of their own.
    private EquatableArray<ValueModel> Arguments(string text, ITypeSymbol type, TypeUse use) =>
        type is INamedTypeSymbol { TypeArguments: { IsEmpty: false } all } && text.Contains("{0}")
            ? new(all.Select(a => Value(a, use.Inner())))
            : default;

    private static ValueModel Named(ValueModel value, ITypeSymbol type) =>
        type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(e => e.IsExplicitlyNamedTupleElement)
            ? value with { TupleNames = new(tuple.TupleElements.Select(e => e.Name)) }
            : value;

    private ValueModel Uninterpreted(ITypeSymbol type, TypeUse use, ISymbol? member)
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
            if (EnumParser.IsNumber(member)) return Number((INamedTypeSymbol)type, model);
            if (Special(type, member, use) is { } special)
                return model with { Kind = ValueKind.Formatter, Codec = special, IsSet = "" };
        }

        if (model.Codec.Length > 0 && Known(type) is null) return model;
        if (!CheckType(type, use)) return Unknown;
        var isOptional = KnownTypes.Optional(type) is not null;
        if (isOptional && member is null)
        {
            use.Refuse(Descriptors.OptionalPlace, type.Display());
            return Unknown;
        }

        if (type is INamedTypeSymbol { EnumUnderlyingType: not null } && Custom(type) is null && !IsText(type))
            return Number((INamedTypeSymbol)type, model);

        return Formatted(type, model, isOptional, use);
    }

    private ValueModel Formatted(ITypeSymbol type, ValueModel model, bool isOptional, TypeUse use)
    {
        var isArray = options.RespectsNull && KnownTypes.Sequence(type) is { Kind: SequenceKind.ImmutableArray };
        return Formatter(type, use) is { } formatter
            ? model with
            {
                Kind = ValueKind.Formatter, Codec = formatter, IsOptional = isOptional,
                IsOptionalOfNull = isOptional && TakesNull(KnownTypes.Optional(type)!),
                IsSet = isOptional ? "{0}.HasValue" : "",
                Missing = isArray ? "{0}.IsDefault" : type.IsValueType ? MissingPart(formatter) : model.Missing,
            }
            : TooDeep(use);
    }

    // The default of a structure or a tuple, which a property that was not sent has, can contain null.
    private string MissingPart(string formatter)
    {
        var model = _done.TryGetValue(formatter, out var done) || _current.TryGetValue(formatter, out done) ? done : null;
        var parts = model switch
        {
            ObjectModel value => value.Members.Select(m => (Symbols.Escape(m.Name), m.Value.Missing)),
            TupleModel value => value.Items.Select((item, i) => ($"Item{i + 1}", item.Missing)),
            _ => [],
        };
        return string.Join(" || ", parts.Where(p => p.Missing.Length > 0).Select(p => p.Missing.Replace("{0}", "{0}." + p.Item1)));
    }

    private static bool TakesNull(ITypeSymbol type) => type.NullableAnnotation == NullableAnnotation.Annotated
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || KnownTypes.Dynamic(type) is not null;

    /// <summary>Adds a formatter with its own name, if it has not been added.</summary>
    public string Register(string name, Func<string, FormatterModel> shape)
    {
        name += options.Tag;
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

    /// <summary>Returns the element of a parsed array or list, or null for any other formatter.</summary>
    public ValueModel? Element(string name) => _done.TryGetValue(name, out var done) && done is SequenceModel
    {
        Kind: SequenceKind.Array or SequenceKind.List or SequenceKind.Collection or SequenceKind.Enumerable,
        Creation: "", IsWriteOnly: false,
    } sequence
        ? sequence.Element
        : null;

    // Most properties have one of a few types, and every lookup needs the name of the type.
    private ValueModel Plain(ITypeSymbol type)
    {
        if (_plain.TryGetValue(type, out var known)) return known;
        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        var model = new ValueModel(type.CodeWithoutNull(), ValueKind.Primitive, "", "", type.IsReferenceType, isNullable)
        {
            Missing = options.RespectsNull && type.IsReferenceType && !isNullable ? "{0} is null" : "",
        };
        if (KnownTypes.Primitive(type) is { } primitive)
        {
            if (primitive == "Decimal" && options.DecimalsAsNumbers) primitive = KnownTypes.DecimalNumber;
            model = primitive == "DateTime"
                ? model with { Kind = ValueKind.Date, Codec = primitive, IsUnspecifiedUtc = options.IsUnspecifiedUtc }
                : model with { Codec = primitive };
        }
        else if (KnownTypes.Dynamic(type) is { } dynamic)
            model = model with { Kind = ValueKind.Dynamic, Codec = dynamic,
                IsSet = dynamic == "JsonElement" ? "{0}.ValueKind != default" : "" };
        _plain.Add(type, model);
        return model;
    }

    private CustomModel Author(ITypeSymbol type, INamedTypeSymbol formatter, string name, TypeUse use)
    {
        var model = CustomParser.Parse(type, formatter, name, _assembly);
        var text = TypeScript(formatter.GetAttributes());
        return model with { TypeScript = text, TypeScriptArguments = Arguments(text, type, use) };
    }

    private ValueModel Number(INamedTypeSymbol type, ValueModel model)
    {
        Types[model.Type] = type;
        var number = type.EnumUnderlyingType!;
        return model with { Kind = ValueKind.Enum, Codec = number.Name, EnumNumber = number.PlainCode() };
    }

    private string? Special(ITypeSymbol type, ISymbol member, TypeUse use)
    {
        if (CustomParser.Find(member, type) is { } formatter)
            return Register(FormatterNames.Special(type, "By_" + FormatterNames.Of(formatter)),
                n => Author(type, formatter, n, use));
        if (!EnumParser.IsText(member)) return null;
        Types[type.CodeWithoutNull()] = type;
        var names = EnumParser.Names(member);
        return Register(FormatterNames.Special(type, names == NameForm.Default ? "Text" : "Text" + names),
            n => EnumParser.Parse((INamedTypeSymbol)type, n, Names(member), use));
    }

    // Null if the type is inside too many others.
    private string? Formatter(ITypeSymbol type, TypeUse use)
    {
        var name = FormatterNames.Of(type) + options.Tag;
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
        if (shape is ICollectionModel { IsWriteOnly: true } && !_writeOnly.Contains(name)) CheckWriteOnly(type, use);
        _current[name] = shape with
        {
            PlainType = type.PlainCode(),
            IsResolved = options.Tag.Length == 0,
            RefusesNil = options.RespectsNull && shape is ObjectModel { IsReference: false } or TupleModel { IsReference: false },
        };
        return name;
    }

    private FormatterModel Shape(ITypeSymbol type, string name, TypeUse use)
    {
        var code = type.CodeWithoutNull();
        if (Custom(type) is { } formatter) return Author(type, formatter, name, use);
        if (IsText(type)) return EnumParser.Parse((INamedTypeSymbol)type, name, Names(type), use);
        if (KnownTypes.Sequence(type) is var (element, kind)) return new SequenceModel(name, code, kind, Value(element, use.Inner()));
        if (KnownTypes.Map(type) is var (key, item, mapKind))
            return new MapModel(name, code, mapKind, Key(key, use), Value(item, use.Inner()));
        if (KnownTypes.Tuple(type) is { } items)
            return new TupleModel(name, code, type.IsReferenceType, new(items.Select(t => Value(t, use.Inner()))));
        if (KnownTypes.Optional(type) is { } optional) return new OptionalModel(name, code, Value(optional, use.Inner()));
        if (KnownTypes.Result(type) is var (data, error))
        {
            var failure = error is null ? ResultModel.Text : Value(error, use.Inner());
            var arguments = error is null ? data.Code() : $"{data.Code()}, {error.Code()}";
            return new ResultModel(name, code, arguments, Value(data, use.Inner()), failure);
        }

        if (Collections.Map(type) is var (otherKey, otherItem))
            return _collections.Map(name, type, Key(otherKey, use), Value(otherItem, use.Inner()));
        if (Collections.Sequence(type) is { } other) return _collections.Sequence(name, type, Value(other, use.Inner()));
        return UnionParser.IsUnion(type)
            ? new UnionParser(this, _assembly).Parse((INamedTypeSymbol)type, name, use)
            : Object((INamedTypeSymbol)type, name, use);
    }

    private bool IsText(ITypeSymbol type) =>
        EnumParser.IsText(type) || (options.EnumsAsText && type.TypeKind == TypeKind.Enum && !EnumParser.IsNumber(type));

    // The naming of a converter takes precedence over that of the contract.
    private NameForm Names(ISymbol symbol) => EnumParser.Names(symbol) is not NameForm.Default and var names ? names : options.Enums;

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
            : new(type.PlainCode(), Custom(type) is null ? KeyKind.EnumText : KeyKind.Custom, value.Codec);
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

    // An attribute of the type takes precedence over one of the assembly.
    private INamedTypeSymbol? Custom(ITypeSymbol type) => CustomParser.Find(type, type) ?? Known(type);

    private INamedTypeSymbol? Known(ITypeSymbol type)
    {
        if (!_known.TryGetValue(type, out var known)) _known.Add(type, known = CustomParser.FindKnown(type, _assembly));
        return known;
    }

    // True if the types inside it can be parsed, although it may have problems.
    private bool CheckType(ITypeSymbol type, TypeUse use)
    {
        if (CustomParser.Find(type, type) is null && Known(type) is { } known)
            return CustomParser.Check(type, type, known, hasArguments: false, _assembly, use);
        if (KnownTypes.Sequence(type) is not null || KnownTypes.Map(type) is not null || KnownTypes.Tuple(type) is not null) return true;
        if (KnownTypes.Members(type) is not null || KnownTypes.Result(type) is not null || KnownTypes.Optional(type) is not null)
            return true;
        if (!CheckAttributes(type, type, use)) return false;
        if (Custom(type) is not null) return true;
        if (Collections.Contains(type) && !IsLibraryType(type) && Symbols.IsNameable(type))
        {
            if (PayloadAttributes.IsForbidden(type)) use.Refuse(type, Descriptors.ObsoleteType);
            if (!Symbols.IsReachable(type, _assembly)) use.Refuse(type, Descriptors.TypeAccess);
            return true;
        }

        if (NoPayload(type) is { } reason)
        {
            if (reason == Descriptors.OpenType) use.Refuse(type, reason);
            else use.Refuse(reason, type.DisplayWithoutNull(), FrameworkPayloads.Advice(type));
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
        { TypeKind: not TypeKind.Enum } when Symbols.IsFramework(type, _assembly) => Descriptors.FrameworkType,
        { IsRefLikeType: true } or { IsStatic: true } => Descriptors.NoData,
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
