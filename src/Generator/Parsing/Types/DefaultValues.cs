using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Finds the values that properties and fields have before anything is assigned to them.</summary>
internal static class DefaultValues
{
    /// <summary>
    /// Returns a value indicating whether the source shows that a new object has null in a member. It does not if the member is declared in
    /// another assembly, has an initializer or accessors with bodies, or if a constructor has a body that may assign it.
    /// </summary>
    public static bool IsSeenToBeNull(INamedTypeSymbol type, ISymbol member, IAssemblySymbol assembly)
    {
        if (!IsEmpty(member)) return false;
        for (var t = type; t is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; t = t.BaseType)
        {
            if (!SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, assembly)) return false;
            if (t.InstanceConstructors.Any(c => MayAssign(c, member))) return false;
        }

        return true;
    }

    /// <summary>Returns a value indicating whether a property has no accessor with a body.</summary>
    public static bool IsAuto(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is null && property.AccessorList?.Accessors.All(a => a.Body is null && a.ExpressionBody is null) == true;

    /// <summary>Returns a value indicating whether an initializer is missing, or is null.</summary>
    public static bool IsNull(ExpressionSyntax? value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven => IsNull(forgiven.Operand),
        null or LiteralExpressionSyntax
            { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression } => true,
        _ => false,
    };

    private static bool IsEmpty(ISymbol member) => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        PropertyDeclarationSyntax property => IsAuto(property) && IsNull(property.Initializer?.Value),
        VariableDeclaratorSyntax field => IsNull(field.Initializer?.Value),
        _ => false,
    };

    private static bool MayAssign(IMethodSymbol constructor, ISymbol member)
    {
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ConstructorDeclarationSyntax syntax) return false;
        if (syntax.ExpressionBody is { } expression) return !IsOfAnother(expression.Expression, constructor, member);
        return syntax.Body?.Statements.All(s =>
            s is ExpressionStatementSyntax statement && IsOfAnother(statement.Expression, constructor, member)) == false;
    }

    // An assignment of a value that is not computed to another field or property without a body.
    private static bool IsOfAnother(ExpressionSyntax expression, IMethodSymbol constructor, ISymbol member)
    {
        if (expression is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment) return false;
        var name = assignment.Left switch
        {
            IdentifierNameSyntax one => one.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } one => one.Name.Identifier.ValueText,
            _ => member.Name,
        };
        return name != member.Name && assignment.Right is IdentifierNameSyntax or LiteralExpressionSyntax
            && constructor.ContainingType.GetMembers(name).All(m =>
                m.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax
                    || (m.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax property
                        && IsAuto(property)));
    }
}
