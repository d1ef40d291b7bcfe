using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Reports emitters and receivers of types that have no events for clients, or for other servers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoEventsAnalyzer : DiagnosticAnalyzer
{
    private const string Servers = "IServers";

    private static readonly string[] Receivers = ["IEmitter", "IBroadcast", "ISocketClient", "IOthers", "ISocketNamespace", Servers];
    private static readonly string[] Methods = ["Of", "Client", "Others", "Servers"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.NoEvents];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.GenericName);
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        var name = (GenericNameSyntax)context.Node;
        if (name.TypeArgumentList.Arguments.Count != 1) return;
        if (!Receivers.Contains(name.Identifier.ValueText) && !Methods.Contains(name.Identifier.ValueText)) return;
        if (Named(context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol) is not { Arity: 1 } type) return;
        if (!Receivers.Contains(type.Name) || !ContractSymbols.IsOfLibrary(type)) return;
        var isServers = type.Name == Servers;
        if (type.TypeArguments[0] is not INamedTypeSymbol events || HasEvents(events, isServers)) return;
        context.ReportDiagnostic(Diagnostic.Create(
            Advice.NoEvents, name.TypeArgumentList.Arguments[0].GetLocation(), events.Name,
            isServers ? "other servers" : "clients", isServers ? "[ServerEvents]" : "[SocketEvents]"));
    }

    // A method of the library that returns a receiver has the contract as its type argument.
    private static INamedTypeSymbol? Named(ISymbol? symbol) => symbol is IMethodSymbol method
        ? ContractSymbols.IsOfLibrary(method) ? method.ReturnType as INamedTypeSymbol : null
        : symbol as INamedTypeSymbol;

    private static bool HasEvents(INamedTypeSymbol type, bool isServers) =>
        type is { TypeKind: TypeKind.Error or TypeKind.Struct or TypeKind.Enum }
        || (type.Name == "AnyEvents" && ContractSymbols.IsOfLibrary(type))
        || type.Has(isServers ? KnownNames.ServerEvents : KnownNames.SocketEvents);
}
