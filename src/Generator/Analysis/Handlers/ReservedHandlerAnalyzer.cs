using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Analysis.Calls;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>Reports handlers and sends without a contract that use a name reserved by Socket.IO.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReservedHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.ReservedHandler];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (UntypedName.Of(call) is not { } argument) return;
        var name = (string)argument.Value.ConstantValue.Value!;
        if (Complaint(UntypedName.AddsHandler(call.TargetMethod), name) is { } complaint)
            context.ReportDiagnostic(Diagnostic.Create(Advice.ReservedHandler, argument.Value.Syntax.GetLocation(), name, complaint));
    }

    private static string? Complaint(bool isHandler, string name)
    {
        if (isHandler && name == "connection") return "is never sent by a client: use OnConnected";
        if (!KnownNames.ReservedEvents.Contains(name)) return null;
        return (isHandler, name) switch
        {
            (false, _) => "is reserved by Socket.IO, so sending it throws",
            (_, "connect" or "connect_error") => "is reserved by Socket.IO, so this handler never runs: use OnConnected",
            (_, "disconnect" or "disconnecting") => "is reserved by Socket.IO, so this handler never runs: use OnDisconnected",
            _ => "is reserved by Socket.IO, so this handler never runs",
        };
    }
}
