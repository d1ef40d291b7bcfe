using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing.Handlers;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>
/// Reports methods of handlers that look as if the server called them: public ones of no contract, as in a hub of SignalR, and those
/// with the name of a callback that override nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncalledMethodAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.UncalledMethod];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false } || !HandlerSymbols.IsHandler(type)) return;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.MethodKind != MethodKind.Ordinary || method.IsOverride || method.IsStatic || method.IsImplicitlyDeclared) continue;
            if (Remedy(method) is { } remedy && !Implements(type, method) && !HandlerAnonymousAnalyzer.IsAuthorized(method))
                context.ReportDiagnostic(Diagnostic.Create(Advice.UncalledMethod, method.Locations[0], method.Name, type.Name, remedy));
        }
    }

    // A method with the signature of the callback is a warning of the compiler, CS0114.
    private static string? Remedy(IMethodSymbol method) => method.Name switch
    {
        "OnConnectedAsync" => method.Parameters.IsEmpty ? null : "override OnConnectedAsync()",
        "OnDisconnectedAsync" => method.Parameters is { Length: 1 } only && only[0].Type.Name == "DisconnectInfo"
            ? null : "override OnDisconnectedAsync(DisconnectInfo)",
        _ when method.DeclaredAccessibility == Accessibility.Public =>
            "declare it in the contract of commands, or make it internal or private if it is a helper",
        _ => null,
    };

    private static bool Implements(INamedTypeSymbol type, IMethodSymbol method) => type.AllInterfaces
        .SelectMany(one => one.GetMembers())
        .Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));
}
