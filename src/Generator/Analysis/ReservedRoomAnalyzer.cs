using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Reports constant names of rooms that are reserved for the sockets of users.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReservedRoomAnalyzer : DiagnosticAnalyzer
{
    // The default of the option that sets it.
    private const string Prefix = "user:";

    private static readonly string[] Methods = ["To", "Except", "JoinAsync", "LeaveAsync"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.ReservedRoom];

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
        var method = call.TargetMethod;
        if (!Methods.Contains(method.Name) || !ContractSymbols.IsOfLibrary(method.ContainingType)) return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name is not ("room" or "other" or "rooms" or "more")) continue;
            foreach (var text in Texts(argument.Value))
                context.ReportDiagnostic(Diagnostic.Create(
                    Advice.ReservedRoom, text.Syntax.GetLocation(), text.ConstantValue.Value, method.Name, Remedy(method.Name, text)));
        }
    }

    private static string Remedy(string method, IOperation text) => method switch
    {
        "To" => $"use ToUser(\"{((string)text.ConstantValue.Value!).Substring(Prefix.Length)}\")",
        "Except" => "exclude a socket, or a room of the application",
        _ => "only authentication changes the rooms of users; to send to a user, use ToUser",
    };

    // The constants in the argument itself, which may be a list of them.
    private static IEnumerable<IOperation> Texts(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string text })
            return text.StartsWith(Prefix, StringComparison.Ordinal) ? [value] : [];
        return value is IConversionOperation or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation
            ? value.ChildOperations.SelectMany(Texts)
            : [];
    }
}
