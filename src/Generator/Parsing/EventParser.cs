using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Turns the members of a contract into events, one by one: what is wrong with one does not touch the others.</summary>
internal sealed class EventParser(
    INamedTypeSymbol contract, Compilation compilation, TypeShapeParser types, List<DiagnosticInfo> diagnostics)
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";

    private const string OptionalDate =
        "[global::System.Runtime.InteropServices.Optional, global::System.Runtime.CompilerServices.DateTimeConstant";

    // The same for all contracts; the compiler looks through all references for each of the types.
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Chains = new();

    private readonly Dictionary<string, string> _wireNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Event, string Declared, List<INamedTypeSymbol> Owners)> _signatures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _chain = Chains.GetValue(compilation, ChainMembers);

    public List<EventModel> Events { get; } = [];

    /// <summary>Whether a class with these events implements the interface.</summary>
    public bool IsWhole { get; private set; } = true;

    public void Parse(ISymbol member)
    {
        if (Refusal(member, compilation.Assembly) is { } reason)
        {
            Report(Descriptors.Member, member, member.Name, reason);
            IsWhole = false;
        }
        else if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method) Parse(method);
    }

    private void Parse(IMethodSymbol method)
    {
        // The names of a tuple's items are no part of a signature; one class cannot implement both, though.
        var signature = $"{method.Name}({string.Join(", ", method.Parameters.Select(p => (p.RefKind == RefKind.None ? "" : "ref ") + p.Type.CodeWithoutNames()))})";
        var declared = string.Join(", ", method.Parameters.Select(p => p.Type.PlainCode()));
        if (_signatures.TryGetValue(signature, out var known))
        {
            if (known.Owners.Find(o => SymbolEqualityComparer.Default.Equals(o, method.ContainingType)) is { } owner) Repeat(method, known.Event, owner);
            else Redeclare(method, known.Event, isSame: known.Declared == declared);
            known.Owners.Add(method.ContainingType);
            return;
        }

        var wireName = CheckNames(method);
        if (Event(method, wireName) is { } e)
        {
            _signatures.Add(signature, (Events.Count, declared, [method.ContainingType]));
            Events.Add(e);
        }
        else
        {
            IsWhole = false;
        }
    }

    // The compiler has said it: one interface has the method twice, or is inherited twice and what may be null differs.
    private void Repeat(IMethodSymbol method, int known, INamedTypeSymbol owner)
    {
        if (!SymbolEqualityComparer.IncludeNullability.Equals(owner, method.ContainingType)) return;
        Events[known] = Events[known] with { Kind = EventKind.Broken };
        IsWhole = false;
    }

    // Hidden by a derived interface or inherited on two ways: one event, if nothing about it differs.
    private void Redeclare(IMethodSymbol method, int known, bool isSame)
    {
        var first = Events[known];
        if (isSame && WireName(method) == first.WireName && method.ReturnType.Code() == first.ReturnType && Event(method, first.WireName) is { } e)
        {
            Events[known] = e with { Owners = new(first.Owners.Concat(e.Owners)) };
            return;
        }

        Report(Descriptors.DuplicateMethod, method, method.Name, ShortName(first.Owners[0]), method.ContainingType.Name);
        IsWhole = false;
    }

    private EventModel? Event(IMethodSymbol method, string wireName)
    {
        var answer = AnswerType(method.ReturnType);
        var kind = Kind(method.ReturnType, answer);
        var isBroken = kind == EventKind.Broken;
        if (isBroken && !IsCompilerError(method.ReturnType))
            Report(Descriptors.ReturnType, ReturnTypeLocation(method), method.Name, Display(method.ReturnType));

        var value = answer is null || isBroken ? null : Value(answer, AnswerLocation(method));
        isBroken |= answer is not null && value is null;

        var parameters = new List<ParameterModel>();
        foreach (var parameter in method.Parameters)
        {
            var isToken = IsCancellationToken(parameter.Type) && parameter.Ordinal == method.Parameters.Length - 1;
            var sent = isToken ? null : Value(method, parameter);
            isBroken |= sent is null && !isToken;
            parameters.Add(Parameter(parameter, sent));
        }

        if (Types(method).Any(IsCompilerError) || !HasNames(method)) return null;
        return new(
            Symbols.Escape(method.Name), wireName, isBroken ? EventKind.Broken : kind, method.ReturnType.Code(), value,
            method.GetDocumentationCommentId() ?? "", new([method.ContainingType.Code()]), new(parameters))
        {
            IsPublic = method.DeclaredAccessibility == Accessibility.Public && Types(method).All(Symbols.IsPublicType),
            Obsolete = PayloadAttributes.ObsoleteCode(method),
            Experimental = PayloadAttributes.ExperimentalCode(method),
        };
    }

    private static IEnumerable<ITypeSymbol> Types(IMethodSymbol method) => method.Parameters.Select(p => p.Type).Append(method.ReturnType);

    private static bool HasNames(IMethodSymbol method) =>
        method.Parameters.Select(p => p.Name).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).Count() == method.Parameters.Length;

    private string CheckNames(IMethodSymbol method)
    {
        if (_chain.Contains(method.Name) || IsConversion(method)) Report(Descriptors.ChainMember, method, method.Name);

        var attribute = method.Attribute(KnownNames.SocketEvent);
        var wireName = WireName(method);
        var at = attribute?.ApplicationSyntaxReference is { } syntax ? syntax.SyntaxTree.GetLocation(syntax.Span) : Place(method);

        if (Naming.IsTooLong(wireName))
        {
            Report(Descriptors.NameLength, at, method.Name, "its name on the wire has more than 65,535 bytes");
            return Naming.CamelCase(method.Name);
        }

        if (attribute is not null && string.IsNullOrEmpty(PayloadAttributes.Text(attribute)))
            Report(Descriptors.WireName, at, $"Event '{method.Name}' has an empty name");
        else if (KnownNames.ReservedEvents.Contains(wireName)) Report(Descriptors.ReservedName, at, wireName);
        else if (_wireNames.TryGetValue(wireName, out var other)) Report(Descriptors.DuplicateName, at, method.Name, wireName, other);
        else _wireNames.Add(wireName, method.Name);
        return wireName;
    }

    // As…(), which makes the interface of a target, would be meant as well.
    private bool IsConversion(IMethodSymbol method) =>
        method.Name == "As" + ContractParser.Name(contract) && method.Parameters.All(p => p.IsOptional || p.IsParams);

    private static string WireName(IMethodSymbol method) =>
        PayloadAttributes.Text(method.Attribute(KnownNames.SocketEvent)) ?? Naming.CamelCase(method.Name);

    private ValueModel? Value(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
        {
            Report(Descriptors.ByReference, parameter, parameter.Name, method.Name);
            return null;
        }

        return Value(parameter.Type, TypeLocation(parameter));
    }

    private ValueModel? Value(ITypeSymbol type, Location? at)
    {
        try
        {
            return types.Parse(type);
        }
        catch (ShapeException e)
        {
            if (!e.IsCompilerError) diagnostics.Add(new(
                e.Descriptor.Id, LocationInfo.From(at), LocationInfo.From(e.Place), new([e.Path, e.Message])));
            return null;
        }
    }

    private static string? Refusal(ISymbol member, IAssemblySymbol assembly) => member switch
    {
        IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) } when member.IsImplicitlyDeclared || IsAccessor(member) => null,
        INamedTypeSymbol => null,
        IMethodSymbol { IsVararg: true } => "an event has a fixed number of parameters",
        IMethodSymbol { IsGenericMethod: true } => "an event must know its payloads, so it cannot have type parameters",
        IMethodSymbol { IsAbstract: true, IsStatic: false } => Symbols.IsAccessible(member, assembly) ? null : "generated code cannot call it: make it public or internal",
        IMethodSymbol => "it is not an instance method without a body",
        _ => "a contract has methods only",
    };

    private static bool IsAccessor(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };

    private static EventKind Kind(ITypeSymbol type, ITypeSymbol? answer)
    {
        if (type.SpecialType == SpecialType.System_Void) return EventKind.Void;
        var isTask = answer is null ? type.ToDisplayString() : type.OriginalDefinition.ToDisplayString();
        return isTask switch
        {
            Task or Task + "<TResult>" => EventKind.Task,
            ValueTask or ValueTask + "<TResult>" => EventKind.ValueTask,
            _ => EventKind.Broken,
        };
    }

    private static ITypeSymbol? AnswerType(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1 } named && named.OriginalDefinition.ToDisplayString() is (Task + "<TResult>" or ValueTask + "<TResult>")
            ? named.TypeArguments[0]
            : null;

    private static bool IsCancellationToken(ITypeSymbol type) => type.ToDisplayString() == "System.Threading.CancellationToken";

    // Code with such a type would not compile where it is written either; the compiler has said what is wrong.
    private static bool IsCompilerError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer } => true,
        IArrayTypeSymbol array => IsCompilerError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsCompilerError) || Constraints.AreBroken(named),
        _ => false,
    };

    private static ParameterModel Parameter(IParameterSymbol parameter, ValueModel? value)
    {
        var modifier = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        };
        var name = Symbols.Escape(parameter.Name);
        var type = modifier + parameter.Type.Code();
        var literal = parameter.HasExplicitDefaultValue ? Symbols.Literal(parameter) : parameter.IsParams ? "[]" : "";
        // Null in spite of the declaration, which a project without nullable annotations cannot make otherwise.
        if (literal == "default" && parameter.Type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.Annotated }) literal = "default!";
        var declared = parameter switch
        {
            { HasExplicitDefaultValue: false } => $"{type} {name}",
            // Of another language: C# has no constant of that type.
            { ExplicitDefaultValue: DateTime date } => $"{OptionalDate}({date.Ticks}L)] {type} {name}",
            _ => $"{type} {name} = {literal}",
        };
        return new(name, Caller(parameter) + (parameter.IsParams ? "params " + declared : declared), type, literal, value);
    }

    // What the compiler fills in for the caller of the interface's method, it does for the caller of the event's.
    private static string Caller(IParameterSymbol parameter)
    {
        const string Space = "System.Runtime.CompilerServices.";
        var code = "";
        foreach (var name in KnownNames.CallerAttributes)
        {
            if (parameter.Attribute(Space + name) is not { } attribute) continue;
            code += $"[global::{Space}{name}({string.Join(", ", attribute.ConstructorArguments.Select(a => a.ToCSharpString()))})] ";
        }

        return code;
    }

    private static HashSet<string> ChainMembers(Compilation compilation)
    {
        var targets = new[] { KnownNames.Broadcast, KnownNames.SocketClient, KnownNames.Servers }.Select(compilation.GetTypeByMetadataName);
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

    private Location? AnswerLocation(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax { ReturnType: var type }
            ? (type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments.FirstOrDefault() ?? type).GetLocation()
            : Place(method);

    private static string ShortName(string type)
    {
        var name = type.Split('<')[0];
        return type.Substring(name.LastIndexOfAny(['.', ':']) + 1).Replace("global::", "");
    }

    private void Report(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments) => Report(descriptor, Place(at), arguments);

    private void Report(DiagnosticDescriptor descriptor, Location? at, params string[] arguments) =>
        diagnostics.Add(new(descriptor.Id, LocationInfo.From(at), null, new(arguments)));
}
