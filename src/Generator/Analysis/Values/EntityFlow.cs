using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Values;

/// <summary>Finds the value of a property of an object in a local variable, if the code before the use assigns it exactly once.</summary>
internal static class EntityFlow
{
    /// <summary>Returns the assigned value, or null if the object may be changed elsewhere.</summary>
    public static IOperation? Value(
        IPropertyReferenceOperation property, ILocalReferenceOperation entity, CancellationToken cancellationToken)
    {
        if (entity.Local.DeclaringSyntaxReferences is not { Length: 1 } declarations || entity.SemanticModel is not { } model) return null;
        var syntax = declarations[0].GetSyntax(cancellationToken);
        if (syntax.SyntaxTree != model.SyntaxTree || model.GetOperation(syntax, cancellationToken) is not IVariableDeclaratorOperation
            {
                Initializer.Value: { } initial,
            } declarator) return null;
        while (initial is IConversionOperation conversion) initial = conversion.Operand;
        if (initial is not IObjectCreationOperation creation) return null;

        IOperation root = entity;
        while (root.Parent is { } parent) root = parent;
        var uses = root.Descendants().OfType<ILocalReferenceOperation>()
            .Where(use => SymbolEqualityComparer.Default.Equals(use.Local, entity.Local)).ToArray();
        if (uses.Any(use => use.Parent is not IPropertyReferenceOperation)) return null;

        var assigned = uses.Select(use => (IPropertyReferenceOperation)use.Parent!).Where(IsSame)
            .Where(use => use.Parent is IAssignmentOperation assignment && assignment.Target == use)
            .Select(use => (IAssignmentOperation)use.Parent!).ToArray();
        return assigned.Length switch
        {
            0 => Created(creation, property.Property),
            1 when assigned[0] is ISimpleAssignmentOperation && IsBefore(assigned[0], declarator, property) => assigned[0].Value,
            _ => null,
        };

        bool IsSame(IPropertyReferenceOperation use) => SymbolEqualityComparer.Default.Equals(use.Property, property.Property);
    }

    // An initializer follows the constructor. The parameter of a positional record has the name of its property.
    private static IOperation? Created(IObjectCreationOperation creation, IPropertySymbol property) =>
        creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(a => a.Target is IPropertyReferenceOperation target
                && SymbolEqualityComparer.Default.Equals(target.Property, property))?.Value
        ?? (property.ContainingType.IsRecord
            ? creation.Arguments.FirstOrDefault(a => a.Parameter?.Name == property.Name && a.ArgumentKind == ArgumentKind.Explicit)?.Value
            : null);

    // In the block of the declaration, so that it is always executed.
    private static bool IsBefore(IAssignmentOperation assignment, IVariableDeclaratorOperation declarator, IOperation use) =>
        assignment.Parent is IExpressionStatementOperation { Parent: IBlockOperation block }
        && declarator.Syntax.Ancestors().Contains(block.Syntax) && assignment.Syntax.SpanStart < use.Syntax.SpanStart
        && declarator.Syntax.Ancestors().First(a => a is Microsoft.CodeAnalysis.CSharp.Syntax.BlockSyntax) == block.Syntax;
}
