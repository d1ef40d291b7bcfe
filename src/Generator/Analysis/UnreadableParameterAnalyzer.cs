using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Reports parameters of handlers without a contract whose types no argument can be read as.</summary>
/// <remarks>Types of the application are not reported, because contracts of other assemblies can refer to them.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadableParameterAnalyzer : DiagnosticAnalyzer
{
    private const string Extensions = "EventHandlersExtensions";

    private static readonly HashSet<string> Readable =
    [
        "System.DateOnly", "System.DateTimeOffset", "System.Guid", "System.Half", "System.Int128", "System.Memory",
        "System.Numerics.BigInteger", "System.ReadOnlyMemory", "System.Text.Json.JsonElement", "System.Text.Json.Nodes.JsonNode",
        "System.Text.Rune", "System.TimeOnly", "System.TimeSpan", "System.UInt128", "System.Uri", "System.Version",
        "TypedSocketRedis.SocketArgument", "TypedSocketRedis.SocketId",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.UnreadableParameter];

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
        if (call.TargetMethod is not { Name: UntypedName.On, ContainingType.Name: Extensions } method) return;
        if (!ContractSymbols.IsOfLibrary(method)) return;

        // The first type argument is that of the socket.
        for (var i = 1; i < method.TypeArguments.Length; i++)
        {
            if (IsReadable(method.TypeArguments[i])) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                Advice.UnreadableParameter, Place(call, i),
                method.TypeArguments[i].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        }
    }

    private static Location Place(IInvocationOperation call, int parameter)
    {
        var handler = call.Arguments.First(argument => argument.Parameter?.Name == "handler").Value.Syntax;
        return handler is ParenthesizedLambdaExpressionSyntax lambda && lambda.ParameterList.Parameters.Count > parameter
            ? (lambda.ParameterList.Parameters[parameter].Type ?? handler).GetLocation()
            : handler.GetLocation();
    }

    private static bool IsReadable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.Rank == 1 && IsReadable(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            IsReadable(nullable.TypeArguments[0]),
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } => false,
        INamedTypeSymbol named => named.SpecialType switch
        {
            SpecialType.None => IsReadableClass(named),
            SpecialType.System_String or SpecialType.System_DateTime => true,
            >= SpecialType.System_Boolean and <= SpecialType.System_Double => true,
            _ => false,
        },
        _ => type.TypeKind is TypeKind.TypeParameter or TypeKind.Error,
    };

    private static bool IsReadableClass(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace.ToDisplayString();
        if (Readable.Contains($"{space}.{type.Name}")) return true;

        // Collections of the framework have formatters where contracts refer to them.
        return !ContractSymbols.IsOfLibrary(type)
            && (!IsIn(space, "System") || IsIn(space, "System.Collections"))
            && !IsIn(space, "Microsoft");
    }

    private static bool IsIn(string space, string root) => space == root || space.StartsWith(root + ".", StringComparison.Ordinal);
}
