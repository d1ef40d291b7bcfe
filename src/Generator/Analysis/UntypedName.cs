using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>The event name in calls that have no contract: <c>On("name", …)</c>, <c>EmitAsync("name", …)</c> and similar methods.</summary>
internal static class UntypedName
{
    public const string On = "On";

    private static readonly string[] Emits = ["Emit", "EmitAsync", "EmitWithAck", "EmitWithAckAsync"];

    /// <summary>Returns the argument, if the call is one of the runtime's and the name is a constant; otherwise null.</summary>
    public static IArgumentOperation? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if ((method.Name != On && !Emits.Contains(method.Name)) || !IsOurs(method.ContainingType)) return null;
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter: { Name: "name", Type.SpecialType: SpecialType.System_String },
                Value.ConstantValue: { HasValue: true, Value: string } })
                return argument;
        }

        return null;
    }

    private static bool IsOurs(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "TypedSocketRedis", ContainingNamespace.IsGlobalNamespace: true }
        && type.ContainingAssembly.Name.StartsWith("TypedSocketRedis", StringComparison.Ordinal);
}
