using System.Text;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

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
        var diagnostics = new List<DiagnosticInfo>();
        if (Refusal(contract, compilation.Assembly) is { } reason)
        {
            diagnostics.Add(Report(Descriptors.Contract, contract, contract, contract.Name, reason));
            return new(null, false, new([]), new(diagnostics));
        }

        if (WrongPath(contract) is { } wrong) diagnostics.Add(wrong);
        var events = new EventParser(contract, compilation, types, diagnostics);
        foreach (var member in Members(contract)) events.Parse(member);

        if (Members(contract).Any(m => m is { IsStatic: true, IsAbstract: true }))
        {
            // Such an interface cannot be a type argument, so no code for it would compile.
            return new(null, false, new([]), new(diagnostics));
        }

        var space = contract.ContainingNamespace is { IsGlobalNamespace: false } named ? named.ToDisplayString(NamespaceFormat) : "";
        var type = contract.PlainCode();
        var isPublic = Symbols.IsPublic(contract);
        var model = new ContractModel(
            Naming.HintName(type.Substring(Global.Length)), space, Name(contract), ClassName(contract),
            isPublic ? "public" : "internal", type, contract.Name, events.IsWhole, new(events.Events));
        return new(model, isPublic, new(types.Formatters), new(diagnostics));
    }

    /// <summary>
    /// Creates a diagnostic about a symbol, which is reported at the contract if the symbol's source is in another assembly.
    /// </summary>
    public static DiagnosticInfo Report(DiagnosticDescriptor descriptor, ISymbol at, ISymbol contract, params string[] arguments) =>
        new(descriptor.Id, LocationInfo.From(InSource(at) ?? InSource(contract)), null, new(arguments));

    private static Location? InSource(ISymbol symbol) => symbol.Locations.FirstOrDefault(l => l.IsInSource);

    /// <summary>Returns the reason why nothing is generated for a contract, or null if it can be used.</summary>
    public static string? Refusal(INamedTypeSymbol contract, IAssemblySymbol assembly)
    {
        for (var t = contract; t is not null; t = t.ContainingType)
            if (t.Arity > 0) return "has type parameters: the payloads of an event must be known at compile time";
        if (PayloadAttributes.IsForbidden(contract)) return "is [Obsolete] as an error, or nested in a type that is";
        return Symbols.IsReachable(contract, assembly) ? null : "is not accessible to generated code: make it public or internal";
    }

    private static DiagnosticInfo? WrongPath(INamedTypeSymbol contract)
    {
        if (contract.Attribute(KnownNames.SocketEvents) is not { ConstructorArguments: { Length: 1 } path,
            ApplicationSyntaxReference: { } syntax }) return null;
        var problem = path[0].Value switch
        {
            string text when text.Contains(',') => "contains a comma, which ends it on the wire",
            string text when Encoding.UTF8.GetByteCount(text) > MaxPathBytes - (text.StartsWith("/", StringComparison.Ordinal) ? 0 : 1) =>
                $"has more than {MaxPathBytes} bytes, the maximum that a client can send",
            string => null,
            _ => "is null",
        };
        return problem is null ? null : new(
            Descriptors.WireName.Id, LocationInfo.From(syntax.SyntaxTree.GetLocation(syntax.Span)), null,
            new([$"The namespace of contract '{contract.Name}' {problem}"]));
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol contract) =>
        contract.AllInterfaces.Reverse().Append(contract).SelectMany(i => i.GetMembers());

    /// <summary>Returns the contract's name without its prefix.</summary>
    public static string Name(INamedTypeSymbol contract) => HasPrefix(contract.Name) ? contract.Name.Substring(1) : contract.Name;

    private static string ClassName(INamedTypeSymbol contract)
    {
        var name = Name(contract);
        for (var outer = contract.ContainingType; outer is not null; outer = outer.ContainingType) name = outer.Name + "_" + name;

        // The author may have a class or a namespace of that name, or an event with the name of its class.
        while (KnownNames.ClassEndings.Any(e => contract.ContainingNamespace.GetMembers(name + e).Any(IsOurs)
            || Members(contract).Any(m => m.Name == name + e)))
            name += KnownNames.Generated;
        return name;

        bool IsOurs(INamespaceOrTypeSymbol symbol) =>
            symbol.IsNamespace || SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, contract.ContainingAssembly);
    }

    private static bool HasPrefix(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);
}
