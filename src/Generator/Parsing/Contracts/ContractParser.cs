using System.Text;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>Converts an interface to a contract. This is the only step that uses symbols.</summary>
internal static class ContractParser
{
    private const string Global = "global::";

    // The same as in the runtime.
    private const int MaxPathBytes = 1024;

    private static readonly SymbolDisplayFormat NamespaceFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static Parsed Parse(INamedTypeSymbol contract, Compilation compilation, TypeShapeParser types)
    {
        var problems = new Problems(compilation.Assembly);
        foreach (var reason in Refusals(contract, compilation.Assembly))
            problems.Add(reason, problems.Source(contract), null, contract.Name);

        // An interface with static abstract members cannot be a type argument, so no code for it would compile.
        var isUsable = problems.IsEmpty && !Members(contract).Any(m => m is { IsStatic: true, IsAbstract: true });
        CheckNamespace(contract, problems);
        var direction = Direction(contract);
        DirectionChecks.Check(contract, direction, problems);
        var events = new EventParser(contract, direction, compilation, types, problems);
        foreach (var member in Members(contract))
        {
            events.Parse(member);
            DirectionChecks.CheckAuthorization(member, contract, problems);
        }

        if (!isUsable) return new(null, false, new([]), problems.All);

        var space = contract.ContainingNamespace is { IsGlobalNamespace: false } named ? named.ToDisplayString(NamespaceFormat) : "";
        var type = contract.PlainCode();
        var isPublic = Symbols.IsPublic(contract);
        var model = new ContractModel(
            Naming.HintName(type.Substring(Global.Length)), space, Name(contract), ClassName(contract, direction),
            isPublic ? "public" : "internal", type, contract.Name, direction, new(events.Events))
        {
            ErrorFirstAcks = PayloadAttributes.Named(Attribute(contract), "ErrorFirstAcks") is true,
            OptionalAcks = PayloadAttributes.Named(Attribute(contract), "OptionalAcks") is true,
        };
        return new(model, isPublic, new(types.Formatters), problems.All);
    }

    /// <summary>Returns the reasons why nothing is generated for a contract.</summary>
    public static IEnumerable<DiagnosticDescriptor> Refusals(INamedTypeSymbol contract, IAssemblySymbol assembly)
    {
        if (Symbols.IsGeneric(contract)) yield return Descriptors.GenericContract;
        if (PayloadAttributes.IsForbidden(contract)) yield return Descriptors.ObsoleteContract;
        if (!Symbols.IsReachable(contract, assembly)) yield return Descriptors.ContractAccess;
    }

    private static void CheckNamespace(INamedTypeSymbol contract, Problems problems)
    {
        if (Attribute(contract) is not { ConstructorArguments: { Length: 1 } path,
            ApplicationSyntaxReference: { } syntax }) return;
        if (path[0].Value is not string text) Report(Descriptors.NamespaceNull);
        else
        {
            if (text.Contains(',')) Report(Descriptors.NamespaceComma);
            var slash = text.StartsWith("/", StringComparison.Ordinal) ? 0 : 1;
            if (Encoding.UTF8.GetByteCount(text) + slash > MaxPathBytes) Report(Descriptors.NamespaceLength);
        }

        void Report(DiagnosticDescriptor reason) =>
            problems.Add(reason, syntax.SyntaxTree.GetLocation(syntax.Span), null, contract.Name);
    }

    /// <summary>Returns the attribute that makes an interface a contract, or null if it has none.</summary>
    /// <remarks>An interface with several of them has an error of its own; the first one in the order of directions counts.</remarks>
    public static AttributeData? Attribute(INamedTypeSymbol contract) => contract.Attribute(KnownNames.SocketEvents)
        ?? contract.Attribute(KnownNames.SocketCommands) ?? contract.Attribute(KnownNames.ServerEvents);

    /// <summary>Returns the direction of the events of a contract.</summary>
    public static ContractDirection Direction(INamedTypeSymbol contract) => Attribute(contract)?.AttributeClass?.Name switch
    {
        "SocketEventsAttribute" => ContractDirection.Events,
        "SocketCommandsAttribute" => ContractDirection.Commands,
        _ => ContractDirection.Servers,
    };

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol contract) =>
        contract.AllInterfaces.Reverse().Append(contract).SelectMany(i => i.GetMembers());

    /// <summary>Returns the contract's name without its prefix.</summary>
    public static string Name(INamedTypeSymbol contract) => HasPrefix(contract.Name) ? contract.Name.Substring(1) : contract.Name;

    private static string ClassName(INamedTypeSymbol contract, ContractDirection direction)
    {
        var name = Name(contract);
        for (var outer = contract.ContainingType; outer is not null; outer = outer.ContainingType) name = outer.Name + "_" + name;

        // The author may have a class or a namespace of that name, or an event with the name of its class.
        while (ContractModel.Classes(name, direction)
            .Any(one => contract.ContainingNamespace.GetMembers(one).Any(IsOurs) || Members(contract).Any(m => m.Name == one)))
            name += KnownNames.Generated;
        return name;

        bool IsOurs(INamespaceOrTypeSymbol symbol) =>
            symbol.IsNamespace || SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, contract.ContainingAssembly);
    }

    private static bool HasPrefix(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);
}
