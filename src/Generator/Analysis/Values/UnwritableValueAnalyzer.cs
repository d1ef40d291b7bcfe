using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Analysis.Calls;

namespace TypedSocketRedis.Generator.Analysis.Values;

/// <summary>
/// Reports values that have no formatter where one is needed: payloads and parameters of handlers without a contract, and values that are
/// sent as <c>object</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnwritableValueAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Payloads = ["Payload", "GetPayload", "SetData", "GetData"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.UnwritableValue];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is not { } symbols) return;
            var types = new PayloadTypes(start.Compilation);
            start.RegisterOperationAction(operation => CheckCall(operation, types), OperationKind.Invocation);
            start.RegisterOperationAction(operation => CheckObject(operation, symbols, types), OperationKind.Conversion);
        });
    }

    private static void CheckCall(OperationAnalysisContext context, PayloadTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (method.TypeArguments.IsEmpty || !ContractSymbols.IsOfLibrary(method)) return;
        if (Payloads.Contains(method.Name))
        {
            var payload = method.TypeArguments[0];
            if (types.WithoutFormatter(payload) is { } missing) Report(context, call.Syntax.GetLocation(), missing);
            else if (payload.TypeKind != TypeKind.Enum && !PayloadTypes.IsReadable(payload))
                Report(context, call.Syntax.GetLocation(), payload);
            return;
        }

        foreach (var (type, place) in TypedParameters.Of(call))
            if (types.WithoutFormatter(type) is { } parameter) Report(context, place, parameter);
    }

    private static void CheckObject(OperationAnalysisContext context, ContractSymbols symbols, PayloadTypes types)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (conversion is not { IsImplicit: true, Type.SpecialType: SpecialType.System_Object, Operand.Type: { } type }) return;
        if (IsSent(conversion, symbols) && types.IsNeverWritten(type)) Report(context, conversion.Operand.Syntax.GetLocation(), type);
    }

    // The value can be an element of collections in the argument.
    private static bool IsSent(IOperation value, ContractSymbols symbols)
    {
        var parent = value.Parent;
        while (parent is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation)
            parent = parent.Parent;
        return parent is IArgumentOperation { Parent: IInvocationOperation call } && symbols.ContractOf(call) is not null;
    }

    private static void Report(OperationAnalysisContext context, Location place, ITypeSymbol type) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Advice.UnwritableValue, place, type.IsAnonymousType ? [] : type.Locations.Where(one => one.IsInSource),
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            type.IsAnonymousType
                ? "send a record with [SocketPayload], or a dictionary"
                : "apply [SocketPayload] to it, or use it in a contract"));
}
