using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Turns payload types into models; one parser per contract, so that a type is looked at once.</summary>
internal sealed class TypeShapeParser(IAssemblySymbol assembly, CancellationToken cancellationToken)
{
    // A generic type that contains a larger version of itself never ends.
    private const int MaxPath = 64;

    private readonly Dictionary<string, FormatterModel> _done = [];
    private readonly Dictionary<string, FormatterModel?> _current = [];

    public IEnumerable<FormatterModel> Formatters => _done.Values;

    /// <summary>What the models stand for: types by the name of their formatter, enums by their code. Stays in the parse step.</summary>
    public Dictionary<string, ITypeSymbol> Types { get; } = [];

    /// <summary>Parses the type of a parameter; either everything it needs is kept, or nothing.</summary>
    /// <exception cref="ShapeException">The type, or one inside it, cannot be sent.</exception>
    public ValueModel Parse(ITypeSymbol type)
    {
        _current.Clear();
        var value = Value(type, new ShapePath(Display(type), null, 0));
        foreach (var formatter in _current) _done[formatter.Key] = formatter.Value!;
        return value;
    }

    /// <summary>Parses a type where it is used.</summary>
    public ValueModel Value(ITypeSymbol type, ShapePath path)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Value(nullable.TypeArguments[0], path) with { IsNullable = true };

        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        var model = new ValueModel(type.CodeWithoutNull(), ValueKind.Primitive, "", "", type.IsReferenceType, isNullable);

        if (KnownTypes.Primitive(type) is { } primitive)
            return model with { Kind = primitive == "DateTime" ? ValueKind.Date : ValueKind.Primitive, Codec = primitive };
        Refuse(type, path);
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } number })
        {
            Types[model.Type] = type;
            return model with { Kind = ValueKind.Enum, Codec = number.Name, EnumNumber = number.PlainCode() };
        }

        return model with { Kind = ValueKind.Formatter, Codec = Formatter(type, path) };
    }

    private string Formatter(ITypeSymbol type, ShapePath path)
    {
        var name = FormatterNames.Of(type);
        if (_done.ContainsKey(name) || _current.ContainsKey(name)) return name;
        if (path.Depth > MaxPath) throw path.Refuse("its types never end");

        // Known before it is parsed: a type that contains itself refers to its own formatter.
        Types[name] = type;
        _current[name] = null;
        _current[name] = Shape(type, name, path);
        return name;
    }

    private FormatterModel Shape(ITypeSymbol type, string name, ShapePath path)
    {
        var code = type.CodeWithoutNull();
        if (KnownTypes.Sequence(type) is var (element, kind))
            return new SequenceModel(name, code, kind, Value(element, path.Element(type)));

        if (KnownTypes.Map(type) is var (key, item))
        {
            if (key.SpecialType != SpecialType.System_String) throw path.Refuse("the keys of a dictionary must be string");
            return new MapModel(name, code, Value(item, path.Element(type)));
        }

        return new ObjectShapeParser(this, assembly).Parse((INamedTypeSymbol)type, name, path);
    }

    private void Refuse(ITypeSymbol type, ShapePath path)
    {
        if (type.TypeKind == TypeKind.Error) throw path.CompilerError();
        if (type is IArrayTypeSymbol array)
        {
            if (!array.IsSZArray) throw path.Refuse("arrays have one dimension");
            return;
        }

        if (KnownTypes.Sequence(type) is not null || KnownTypes.Map(type) is not null) return;

        var reason = type switch
        {
            { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "object says nothing about what is sent",
            { TypeKind: TypeKind.Interface } => "only a class, a struct or a record says which properties are sent",
            { TypeKind: not (TypeKind.Class or TypeKind.Struct or TypeKind.Enum) } => "it is not a value",
            { IsRefLikeType: true } or { IsStatic: true } => "it is not a value",
            { IsAbstract: true } => "an abstract class does not say which class is sent",
            { IsTupleType: true } => "the names of a tuple's elements are not part of its type: use a record",
            _ when PayloadAttributes.IsForbidden(type) => "it is [Obsolete] as an error",
            { TypeKind: not TypeKind.Enum } when IsFrameworkType(type) => "the framework's type has no rule of its own",
            _ when !Symbols.IsReachable(type, assembly) => "the generated code cannot reach it: make it internal or public",
            _ => Attributes(type),
        };
        if (reason is not null) throw path.Refuse(reason);
    }

    private static string? Attributes(ITypeSymbol type) => type.GetAttributes()
        .Select(a => a.AttributeClass?.Name)
        .FirstOrDefault(PayloadAttributes.IsUnsupported) is { } name
        ? $"[{PayloadAttributes.Short(name)}] is not supported"
        : null;

    private static bool IsFrameworkType(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false }) space = space.ContainingNamespace;
        return space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
    }

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
