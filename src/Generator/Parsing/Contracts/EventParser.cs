using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>Converts the members of a contract to events one by one, so that an error in one does not affect the others.</summary>
internal sealed class EventParser(
    INamedTypeSymbol contract, ContractDirection direction, Compilation compilation, TypeShapeParser types, Problems problems)
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";
    private const string Token = "System.Threading.CancellationToken";

    // The same for all contracts, and cached because the compiler searches all references for each of the types.
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Chains = new();

    private readonly Dictionary<string, IMethodSymbol> _wireNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string,
        (int Event, string Declared, string Own, List<INamedTypeSymbol> Owners)> _signatures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _chain = Chains.GetValue(compilation, ChainMembers);

    public List<EventModel> Events { get; } = [];

    public void Parse(ISymbol member)
    {
        var reasons = Refusals(member, compilation.Assembly).ToArray();
        foreach (var reason in reasons) Report(reason, member, member.Name, member.ContainingType.Display());
        if (reasons.Length == 0 && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method) Parse(method);
    }

    private void Parse(IMethodSymbol method)
    {
        // The names of tuple items are not part of a signature, but one class cannot implement both.
        var own = string.Join(", ", method.Parameters.Select(Signature));
        var signatures = new[] { $"{method.Name}({own})", $"{method.Name}({Sent(method, own)})" };
        var declared = method.RefKind + string.Join(", ", method.Parameters.Select(p => p.Type.PlainCode()));
        if (_signatures.TryGetValue(signatures[0], out var known) || _signatures.TryGetValue(signatures[1], out known))
        {
            if (known.Owners.Find(o => SymbolEqualityComparer.Default.Equals(o, method.ContainingType)) is { } owner && known.Own == own)
                Repeat(method, known.Event, owner);
            else Redeclare(method, known.Event, known.Owners[0], isSame: known.Declared == declared);
            known.Owners.Add(method.ContainingType);
            return;
        }

        var wireName = CheckNames(method);
        if (Event(method, wireName) is { } e)
        {
            foreach (var signature in signatures) _signatures[signature] = (Events.Count, declared, own, [method.ContainingType]);
            Events.Add(e);
        }
    }

    // In a generated method that is awaited, the last parameter is a token, declared or not.
    private string Sent(IMethodSymbol method, string own)
    {
        if (direction == ContractDirection.Commands || method.ReturnsVoid || method.Parameters.LastOrDefault() is { IsParams: true })
            return own;
        return string.Join(", ", method.Parameters.Where(p => !IsToken(p, method)).Select(Signature).Append(Token));
    }

    private static string Signature(IParameterSymbol parameter) =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.CodeWithoutNames();

    // Already reported by the compiler: an interface has the method twice, or is inherited twice with different nullability.
    private void Repeat(IMethodSymbol method, int known, INamedTypeSymbol owner)
    {
        if (!SymbolEqualityComparer.IncludeNullability.Equals(owner, method.ContainingType)) return;
        Events[known] = Events[known] with { Kind = EventKind.Broken };
    }

    // Hidden by a derived interface or inherited in two ways: one event, if the declarations are the same.
    private void Redeclare(IMethodSymbol method, int known, INamedTypeSymbol owner, bool isSame)
    {
        var first = Events[known];
        if (isSame && WireName(method) == first.WireName && method.ReturnType.Code() == first.ReturnType
            && Event(method, first.WireName) is { } e)
        {
            Events[known] = e with { Owners = new(first.Owners.Concat(e.Owners)) };
            return;
        }

        Report(Descriptors.DuplicateMethod, method, method.Name, owner.ToDisplayString(), method.ContainingType.ToDisplayString());
    }

    private EventModel? Event(IMethodSymbol method, string wireName)
    {
        var ack = AckType(method.ReturnType);
        var kind = method.RefKind == RefKind.None ? Kind(method.ReturnType, ack) : EventKind.Broken;
        if (kind == EventKind.Void && direction != ContractDirection.Events) kind = EventKind.Broken;
        var isBroken = kind == EventKind.Broken;
        if (isBroken && !IsCompilerError(method.ReturnType)) ReportReturnType(method);

        var received = new PayloadUse(problems, AckLocation(method), direction != ContractDirection.Commands);
        var value = ack is null ? null : types.Parse(ack, method, received);
        isBroken |= ack is not null && value is null;

        var parameters = new List<ParameterModel>();
        foreach (var parameter in method.Parameters)
        {
            var isToken = IsToken(parameter, method);
            var use = new PayloadUse(problems, TypeLocation(parameter), direction != ContractDirection.Events);
            var sent = isToken ? null : types.Parse(parameter.Type, parameter, use);
            var isReference = parameter.RefKind != RefKind.None;
            if (isReference) Report(Descriptors.ByReference, parameter, parameter.Name, method.Name);
            var rest = Rest(parameter, method, sent);
            isBroken |= isReference || (sent is null && !isToken) || (rest is null && parameter.Has(KnownNames.Spread));
            parameters.Add(ParameterParser.Parse(parameter, isReference ? null : sent) with
            {
                Rest = rest,
                Rules = Rules(parameter, isToken),
            });
        }

        if (Types(method).Any(IsCompilerError) || !HasNames(method)) return null;
        return new(
            Symbols.Escape(method.Name), wireName, isBroken ? EventKind.Broken : kind, method.ReturnType.Code(), value,
            method.GetDocumentationCommentId() ?? "", new([method.ContainingType.Code()]), new(parameters))
        {
            IsPublic = method.DeclaredAccessibility == Accessibility.Public && Types(method).All(Symbols.IsPublicType),
            IsOverloaded = method.ContainingType.GetMembers(method.Name).Length > 1,
            Obsolete = PayloadAttributes.ObsoleteCode(method),
            Experimental = PayloadAttributes.ExperimentalCode(method),
        };
    }

    private ValueModel? Rest(IParameterSymbol parameter, IMethodSymbol method, ValueModel? sent)
    {
        if (sent is null || !parameter.Has(KnownNames.Spread)) return null;
        var isLast = method.Parameters.Skip(parameter.Ordinal + 1).All(p => IsToken(p, method));
        if (isLast && !sent.IsNullable && types.Element(sent.Codec) is { } element) return element;
        Report(Descriptors.Spread, parameter, parameter.Name, method.Name);
        return null;
    }

    private EquatableArray<string> Rules(IParameterSymbol parameter, bool isToken) => direction == ContractDirection.Events || isToken
        ? new([])
        : ValidationParser.Rules([parameter], compilation.Assembly, name =>
            Report(Descriptors.Rule, parameter, $"{parameter.ContainingSymbol.Name}({parameter.Name})", name));

    private void ReportReturnType(IMethodSymbol method)
    {
        // A base interface of another direction has an error of its own.
        if (ContractParser.Attribute(method.ContainingType) is not null && ContractParser.Direction(method.ContainingType) != direction)
            return;

        var at = ReturnTypeLocation(method);
        if (direction == ContractDirection.Events) Report(Descriptors.ReturnType, at, method.Name, Returned(method));
        else
        {
            var kind = direction == ContractDirection.Commands ? "Command" : "Server event";
            Report(Descriptors.HandledReturnType, at, kind, method.Name, Returned(method));
        }
    }

    private static string Returned(IMethodSymbol method) => method.RefKind switch
    {
        RefKind.None => method.ReturnType.Display(),
        RefKind.Ref => "ref " + method.ReturnType.Display(),
        _ => "ref readonly " + method.ReturnType.Display(),
    };

    private static IEnumerable<ITypeSymbol> Types(IMethodSymbol method) => method.Parameters.Select(p => p.Type).Append(method.ReturnType);

    private static bool HasNames(IMethodSymbol method) =>
        method.Parameters.Select(p => p.Name).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).Count() == method.Parameters.Length;

    private string CheckNames(IMethodSymbol method)
    {
        if (direction != ContractDirection.Commands && _chain.Contains(method.Name)) Report(Descriptors.ChainMember, method, method.Name);

        var attribute = method.Attribute(KnownNames.SocketEvent);
        var wireName = WireName(method);
        var at = attribute?.ApplicationSyntaxReference is { } syntax ? syntax.SyntaxTree.GetLocation(syntax.Span) : Place(method);

        if (Naming.IsTooLong(wireName))
        {
            Report(Descriptors.NameLength, at, method.Name);
            return Naming.CamelCase(method.Name);
        }

        if (attribute is not null && string.IsNullOrEmpty(PayloadAttributes.Text(attribute)))
            Report(Descriptors.EmptyName, at, method.Name);
        else if (KnownNames.ReservedEvents.Contains(wireName)) Report(Descriptors.ReservedName, at, method.Name, wireName);
        else if (_wireNames.TryGetValue(wireName, out var other))
            Report(Descriptors.DuplicateName, at, Display(method, other), wireName, Display(other, method));
        else _wireNames.Add(wireName, method);
        return wireName;
    }

    // Events of the same name, or of several interfaces, are displayed with their declaring type.
    private static string Display(IMethodSymbol method, IMethodSymbol other) =>
        method.Name != other.Name && SymbolEqualityComparer.Default.Equals(method.ContainingType, other.ContainingType)
            ? method.Name
            : $"{method.ContainingType.ToDisplayString()}.{method.Name}";

    private string WireName(IMethodSymbol method) => ContractOptions.EventName(method, contract);

    private static IEnumerable<DiagnosticDescriptor> Refusals(ISymbol member, IAssemblySymbol assembly)
    {
        if (member is INamedTypeSymbol || IsPartOfAnother(member)) yield break;
        if (member is not IMethodSymbol method) yield return Descriptors.NoMethod;
        else if (method is { IsAbstract: true, IsStatic: false } && IsOfFramework(member.ContainingType, assembly))
            yield return Descriptors.FrameworkMember;
        else
        {
            if (method.IsVararg) yield return Descriptors.VariableArguments;
            if (method.IsGenericMethod) yield return Descriptors.GenericEvent;
            if (method is not { IsAbstract: true, IsStatic: false }) yield return Descriptors.EventBody;
            else if (!IsNameable(method)) yield return Descriptors.EventName;
            else if (!Symbols.IsAccessible(method, assembly)) yield return Descriptors.EventAccess;
        }
    }

    // The accessor of a property or of a C# event.
    private static bool IsPartOfAnother(ISymbol member) => member is IMethodSymbol
        { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) } method
        && (method.IsImplicitlyDeclared || method.AssociatedSymbol is not null);

    // For example, Dispose() of a contract that is IDisposable is for the code that holds the object.
    private static bool IsOfFramework(INamedTypeSymbol type, IAssemblySymbol own) =>
        Symbols.IsFramework(type, own) && ContractParser.Attribute(type) is null;

    // In a library in another language a name can be any text.
    private static bool IsNameable(IMethodSymbol method) =>
        method.Locations.Any(l => l.IsInSource)
        || (method.CanBeReferencedByName && method.Parameters.All(p => p.CanBeReferencedByName) && Types(method).All(Symbols.IsNameable)
            && Symbols.IsNameable(method.ContainingType));

    private static EventKind Kind(ITypeSymbol type, ITypeSymbol? ack)
    {
        if (type.SpecialType == SpecialType.System_Void) return EventKind.Void;
        var isTask = ack is null ? type.ToDisplayString() : type.OriginalDefinition.ToDisplayString();
        return isTask switch
        {
            Task or Task + "<TResult>" => EventKind.Task,
            ValueTask or ValueTask + "<TResult>" => EventKind.ValueTask,
            _ => EventKind.Broken,
        };
    }

    private static ITypeSymbol? AckType(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1 } named
            && named.OriginalDefinition.ToDisplayString() is (Task + "<TResult>" or ValueTask + "<TResult>")
            ? named.TypeArguments[0]
            : null;

    private static bool IsToken(IParameterSymbol parameter, IMethodSymbol method) =>
        parameter.Ordinal == method.Parameters.Length - 1
        && parameter.Type.ToDisplayString() == Token;

    // The declaration with such a type does not compile either, so the compiler already reports it.
    private static bool IsCompilerError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer } => true,
        IArrayTypeSymbol array => IsCompilerError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsCompilerError) || Constraints.AreBroken(named),
        _ => false,
    };

    private static HashSet<string> ChainMembers(Compilation compilation)
    {
        var targets = new[] { KnownNames.Broadcast, KnownNames.SocketClient, KnownNames.Servers }.Select(compilation.GetTypeByMetadataName);
        var members = targets.SelectMany(t => t?.GetMembers() ?? [])
            .Where(m => m is { DeclaredAccessibility: Accessibility.Public, CanBeReferencedByName: true }).Select(m => m.Name);
        return new HashSet<string>(KnownNames.ChainMembers.Concat(members), StringComparer.Ordinal);
    }

    private Location? Place(ISymbol symbol) => problems.Source(symbol) ?? problems.Source(contract);

    private Location? TypeLocation(IParameterSymbol parameter) =>
        problems.Syntax(parameter) is ParameterSyntax { Type: { } type } ? type.GetLocation() : Place(parameter);

    private Location? ReturnTypeLocation(IMethodSymbol method) =>
        problems.Syntax(method) is MethodDeclarationSyntax syntax ? syntax.ReturnType.GetLocation() : Place(method);

    private Location? AckLocation(IMethodSymbol method) =>
        problems.Syntax(method) is MethodDeclarationSyntax { ReturnType: var type }
            ? (type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments.FirstOrDefault()
                ?? type).GetLocation()
            : Place(method);

    private void Report(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments) => Report(descriptor, Place(at), arguments);

    private void Report(DiagnosticDescriptor descriptor, Location? at, params string[] arguments) =>
        problems.Add(descriptor, at, null, arguments);
}
