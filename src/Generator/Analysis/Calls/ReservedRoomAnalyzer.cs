using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>Reports names of rooms that are reserved for the sockets of users: constants, and texts with a constant start.</summary>
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
                    Advice.ReservedRoom, text.Syntax.GetLocation(), text.ConstantValue.Value ?? Start(text) + "…", method.Name,
                    Remedy(method.Name, text)));
        }
    }

    private static string Remedy(string method, IOperation text) => method switch
    {
        "To" => text.ConstantValue.Value is string name ? $"use ToUser(\"{name.Substring(Prefix.Length)}\")" : "use ToUser",
        "Except" => "exclude a socket, or a room of the application",
        _ => "only authentication changes the rooms of users; to send to a user, use ToUser",
    };

    // The texts in the argument itself, which may be a list of them.
    private static IEnumerable<IOperation> Texts(IOperation value)
    {
        if (Start(value) is { } start) return start.StartsWith(Prefix, StringComparison.Ordinal) ? [value] : [];
        return value is IConversionOperation or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation
            ? value.ChildOperations.SelectMany(Texts)
            : [];
    }

    private static string? Start(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IInterpolatedStringOperation text => text.Parts.FirstOrDefault() is IInterpolatedStringTextOperation part
            ? part.Text.ConstantValue.Value as string : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Start(sum.LeftOperand),
        _ => null,
    };
}
