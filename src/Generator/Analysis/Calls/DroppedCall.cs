using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>Finds the call whose result a statement ignores.</summary>
internal static class DroppedCall
{
    /// <summary>Returns the expression of a statement, and its call, which can be behind <c>?.</c>; null for other expressions.</summary>
    public static (IOperation Expression, IInvocationOperation? Call) Of(IExpressionStatementOperation statement)
    {
        var expression = statement.Operation;
        var last = expression;
        while (last is IConditionalAccessOperation access) last = access.WhenNotNull;
        return (expression, last as IInvocationOperation);
    }
}
