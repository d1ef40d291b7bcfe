using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Reports contracts that look like the client interface of a SignalR hub and have no setting of names.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SignalRContractAnalyzer : DiagnosticAnalyzer
{
    private const string Task = "System.Threading.Tasks.Task";

    private static readonly string[] Settings = ["Naming", "EventNaming", "EventPrefix"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.SignalRContract];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var contract = (INamedTypeSymbol)context.Symbol;
        if (contract.TypeKind != TypeKind.Interface || contract.Attribute(KnownNames.SocketEvents) is not { } attribute) return;
        if (IsNamed(attribute) || IsNamed(contract.ContainingAssembly.Attribute(KnownNames.ContractDefaults))) return;

        var events = ContractSymbols.Events(contract).ToArray();
        if (events.Length == 0 || events.Any(e => e.Has(KnownNames.SocketEvent) || e.ReturnType.ToDisplayString() != Task)) return;
        if (!contract.Name.EndsWith("Client", StringComparison.Ordinal) && !events.Any(e => IsReceived(e.Name))) return;

        var first = events[0];
        context.ReportDiagnostic(Diagnostic.Create(
            Advice.SignalRContract, contract.Locations[0], contract.Name, first.Name, ContractOptions.EventName(first, contract)));
    }

    private static bool IsReceived(string name) =>
        name.Length > "Receive".Length && name.StartsWith("Receive", StringComparison.Ordinal) && char.IsUpper(name["Receive".Length]);

    private static bool IsNamed(AttributeData? attribute) =>
        attribute?.NamedArguments.Any(a => Settings.Contains(a.Key)) == true;
}
