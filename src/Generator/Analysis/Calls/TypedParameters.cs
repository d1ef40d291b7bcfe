using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>The parameters of handlers without a contract whose types are those of the event's arguments.</summary>
internal static class TypedParameters
{
    private const string OfNamespace = "EventHandlersExtensions";
    private const string OfSocket = "SocketEventExtensions";

    /// <summary>Returns the types of the arguments with their places; empty for any other call.</summary>
    public static IEnumerable<(ITypeSymbol Type, Location Place)> Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.Name is not (OfNamespace or OfSocket) || !UntypedName.AddsHandler(method)) yield break;
        if (!ContractSymbols.IsOfLibrary(method)) yield break;

        // In a namespace the first type argument is that of the socket.
        for (var i = method.ContainingType.Name == OfNamespace ? 1 : 0; i < method.TypeArguments.Length; i++)
            yield return (method.TypeArguments[i], Place(call, i));
    }

    private static Location Place(IInvocationOperation call, int parameter)
    {
        var handler = call.Arguments.First(argument => argument.Parameter?.Name == "handler").Value.Syntax;
        return handler is ParenthesizedLambdaExpressionSyntax lambda && lambda.ParameterList.Parameters.Count > parameter
            ? (lambda.ParameterList.Parameters[parameter].Type ?? handler).GetLocation()
            : handler.GetLocation();
    }
}
