using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Turns the members of a contract into events, one by one: what is wrong with one does not touch the others.</summary>
internal sealed class EventParser(
    INamedTypeSymbol contract, Compilation compilation, TypeShapeParser types, List<DiagnosticInfo> diagnostics)
{
    private readonly Dictionary<string, string> _wireNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _chain = ChainMembers(compilation);

    public List<EventModel> Events { get; } = [];

    public void Parse(ISymbol member)
    {
        if (Refusal(member) is { } reason) Report(Descriptors.Member, member, member.Name, reason);
        else if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method) Parse(method);
    }

    private void Parse(IMethodSymbol method)
    {
        var wireName = CheckNames(method);
        var isBroken = false;
        var kind = Kind(method.ReturnType);
        if (kind == EventKind.Broken)
        {
            isBroken = true;
            if (!IsCompilerError(method.ReturnType)) Report(Descriptors.ReturnType, ReturnTypeLocation(method), method.Name, Display(method.ReturnType));
        }

        var parameters = new List<ParameterModel>();
        foreach (var parameter in method.Parameters)
        {
            var isToken = IsCancellationToken(parameter.Type) && parameter.Ordinal == method.Parameters.Length - 1;
            var value = isToken ? null : Value(method, parameter);
            isBroken |= value is null && !isToken;
            parameters.Add(new(Symbols.Escape(parameter.Name), Declaration(parameter), value));
        }

        if (method.Parameters.Select(p => p.Type).Append(method.ReturnType).Any(IsCompilerError)) return;
        Events.Add(new(
            Symbols.Escape(method.Name), wireName, isBroken ? EventKind.Broken : kind, method.ReturnType.Code(),
            method.GetDocumentationCommentId() ?? "", new(parameters)));
    }

    private string CheckNames(IMethodSymbol method)
    {
        if (_chain.Contains(method.Name)) Report(Descriptors.ChainMember, method, method.Name);

        var attribute = method.Attribute(KnownNames.SocketEvent);
        var wireName = PayloadAttributes.Text(attribute) ?? Naming.CamelCase(method.Name);
        var at = attribute?.ApplicationSyntaxReference is { } syntax ? syntax.SyntaxTree.GetLocation(syntax.Span) : Place(method);

        if (attribute is not null && string.IsNullOrEmpty(PayloadAttributes.Text(attribute)))
            Report(Descriptors.WireName, at, $"Event '{method.Name}' has an empty name");
        else if (KnownNames.ReservedEvents.Contains(wireName)) Report(Descriptors.ReservedName, at, wireName);
        else if (_wireNames.TryGetValue(wireName, out var other)) Report(Descriptors.DuplicateName, at, method.Name, wireName, other);
        else _wireNames.Add(wireName, method.Name);
        return wireName;
    }

    private ValueModel? Value(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
        {
            Report(Descriptors.ByReference, parameter, parameter.Name, method.Name);
            return null;
        }

        try
        {
            return types.Parse(parameter.Type);
        }
        catch (ShapeException e)
        {
            if (!e.IsCompilerError) diagnostics.Add(new(
                Descriptors.Payload.Id, LocationInfo.From(TypeLocation(parameter)), LocationInfo.From(e.Place), new([e.Path, e.Message])));
            return null;
        }
    }

    private static string? Refusal(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) } when member.IsImplicitlyDeclared || IsAccessor(member) => null,
        INamedTypeSymbol => null,
        IMethodSymbol { IsGenericMethod: true } => "an event must know its payloads, so it cannot have type parameters",
        IMethodSymbol { IsAbstract: true, IsStatic: false } => null,
        IMethodSymbol => "it is not an instance method without a body",
        _ => "a contract has methods only",
    };

    private static bool IsAccessor(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };

    private static EventKind Kind(ITypeSymbol type) => type.SpecialType == SpecialType.System_Void ? EventKind.Void : type.ToDisplayString() switch
    {
        "System.Threading.Tasks.Task" => EventKind.Task,
        "System.Threading.Tasks.ValueTask" => EventKind.ValueTask,
        _ => EventKind.Broken,
    };

    private static bool IsCancellationToken(ITypeSymbol type) => type.ToDisplayString() == "System.Threading.CancellationToken";

    // Code with such a type would not compile where it is written either; the compiler has said what is wrong.
    private static bool IsCompilerError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer } => true,
        IArrayTypeSymbol array => IsCompilerError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsCompilerError),
        _ => false,
    };

    private static string Declaration(IParameterSymbol parameter)
    {
        var modifier = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => parameter.IsParams ? "params " : "",
        };
        var value = parameter.HasExplicitDefaultValue ? " = " + Symbols.Literal(parameter) : "";
        return $"{modifier}{parameter.Type.Code()} {Symbols.Escape(parameter.Name)}{value}";
    }

    private static HashSet<string> ChainMembers(Compilation compilation)
    {
        var targets = new[] { KnownNames.Broadcast, KnownNames.SocketClient }.Select(compilation.GetTypeByMetadataName);
        var members = targets.SelectMany(t => t?.GetMembers() ?? [])
            .Where(m => m is { DeclaredAccessibility: Accessibility.Public, CanBeReferencedByName: true }).Select(m => m.Name);
        return new HashSet<string>(KnownNames.ChainMembers.Concat(members), StringComparer.Ordinal);
    }

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private Location? Place(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? contract.Locations.FirstOrDefault(l => l.IsInSource);

    private Location? TypeLocation(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Type: { } type } ? type.GetLocation() : Place(parameter);

    private Location? ReturnTypeLocation(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax syntax ? syntax.ReturnType.GetLocation() : Place(method);

    private void Report(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments) => Report(descriptor, Place(at), arguments);

    private void Report(DiagnosticDescriptor descriptor, Location? at, params string[] arguments) =>
        diagnostics.Add(new(descriptor.Id, LocationInfo.From(at), null, new(arguments)));
}
