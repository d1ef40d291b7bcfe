using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Collects the problems of one contract or of one marked payload type.</summary>
internal sealed class Problems(IAssemblySymbol assembly)
{
    private readonly List<DiagnosticInfo> _all = [];

    public bool IsEmpty => _all.Count == 0;

    public EquatableArray<DiagnosticInfo> All => new(_all);

    /// <summary>Adds a problem.</summary>
    /// <param name="descriptor">The reason.</param>
    /// <param name="at">The location at which it is reported.</param>
    /// <param name="use">The location of the event that uses the type at fault, if it is not the same location.</param>
    /// <param name="arguments">The arguments of the message.</param>
    public void Add(DiagnosticDescriptor descriptor, Location? at, Location? use, params string[] arguments) =>
        _all.Add(new(descriptor.Id, LocationInfo.From(at), LocationInfo.From(use), new(arguments)));

    /// <summary>Returns the location of a declaration in the compiled assembly, or null for a symbol of another assembly.</summary>
    public Location? Source(ISymbol? symbol) => IsOwn(symbol) ? symbol!.Locations.FirstOrDefault(l => l.IsInSource) : null;

    /// <summary>Returns the syntax of a declaration in the compiled assembly, or null for a symbol of another assembly.</summary>
    public SyntaxNode? Syntax(ISymbol symbol) => IsOwn(symbol) ? symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() : null;

    public bool IsOwn(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, assembly);
}
