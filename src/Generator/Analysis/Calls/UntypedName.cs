using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>The event name in calls that have no contract: <c>On("name", …)</c>, <c>EmitAsync("name", …)</c> and similar methods.</summary>
internal static class UntypedName
{
    private static readonly string[] Handlers = ["On", "Once"];

    private static readonly string[] Emits = ["Emit", "EmitAsync", "EmitWithAck", "EmitWithAckAsync"];

    /// <summary>Returns a value indicating whether a method has the name of those that add a handler of an event.</summary>
    public static bool AddsHandler(IMethodSymbol method) => Handlers.Contains(method.Name);

    /// <summary>Returns the argument, if the call is one of the runtime's and the name is a constant; otherwise null.</summary>
    public static IArgumentOperation? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if ((!AddsHandler(method) && !Emits.Contains(method.Name)) || !IsOurs(method.ContainingType)) return null;
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
