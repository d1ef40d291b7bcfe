using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The delegates of a compilation: which types keep which instances alive through them.</summary>
/// <remarks>A delegate is followed from the method or lambda through variables, parameters, fields and properties, and through members of
/// interfaces and base types to those that implement them.</remarks>
internal sealed class DelegateFlow
{
    private readonly CSharpCompilation _compilation;
    private readonly ILookup<ISymbol, IMethodSymbol> _implementations;
    private readonly List<Step> _steps = [];

    public DelegateFlow(CSharpCompilation compilation)
    {
        (_compilation, _implementations) = (compilation, LockCalls.Implementations(compilation));
        foreach (var tree in compilation.SyntaxTrees) Collect(tree);
    }

    /// <summary>Returns each type that holds a delegate, with the type of an instance that the delegate keeps alive.</summary>
    public IReadOnlyCollection<(INamedTypeSymbol Holder, ITypeSymbol Target)> Holders()
    {
        var targets = new Dictionary<ISymbol, HashSet<ITypeSymbol>>(SymbolEqualityComparer.Default);
        HashSet<ITypeSymbol> Of(ISymbol symbol) => targets.TryGetValue(symbol, out var known)
            ? known
            : targets[symbol] = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);

        bool hasChanged;
        do
        {
            hasChanged = false;
            foreach (var step in _steps)
            {
                ITypeSymbol[] all = [.. step.Instances, .. step.From.SelectMany(Of)];
                foreach (var to in step.To) hasChanged |= all.Aggregate(false, (any, one) => Of(to).Add(one) | any);
            }
        }
        while (hasChanged);

        return [.. from step in _steps where step.Holder is not null
                   from target in step.Instances.Concat(step.From.SelectMany(Of))
                   select (step.Holder!, target)];
    }

    private void Collect(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments }:
                    CollectArguments(model, node, arguments);
                    break;
                case ConstructorInitializerSyntax initializer:
                    CollectArguments(model, initializer, initializer.ArgumentList);
                    break;
                case PrimaryConstructorBaseTypeSyntax derived:
                    CollectArguments(model, derived, derived.ArgumentList);
                    break;
                case InvocationExpressionSyntax invocation:
                    CollectArguments(model, invocation, invocation.ArgumentList);
                    break;
                case AssignmentExpressionSyntax assignment when model.GetSymbolInfo(assignment.Left).Symbol is { IsStatic: false } member:
                    CollectAssignment(model, member, assignment.Right);
                    break;
                case VariableDeclaratorSyntax { Initializer.Value: { } value } when model.GetDeclaredSymbol(node) is { } variable:
                    CollectAssignment(model, variable, value);
                    break;
            }
        }
    }

    private void CollectArguments(SemanticModel model, SyntaxNode call, ArgumentListSyntax arguments)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method) return;
        for (var i = 0; i < arguments.Arguments.Count; i++)
        {
            var argument = arguments.Arguments[i];
            var parameter = argument.NameColon is { } name
                ? method.Parameters.FirstOrDefault(one => one.Name == name.Name.Identifier.Text)
                : method.Parameters.ElementAtOrDefault(i);
            if (parameter is null || !IsDelegate(model, argument.Expression)) continue;
            var to = _implementations[method.OriginalDefinition].Prepend(method.OriginalDefinition)
                .Select(by => (ISymbol)by.Parameters[parameter.Ordinal]);
            Add(model, argument.Expression, method.MethodKind == MethodKind.Constructor ? method.ContainingType : null, [.. to]);
        }
    }

    private void CollectAssignment(SemanticModel model, ISymbol member, ExpressionSyntax value)
    {
        var isKept = member is IFieldSymbol or IPropertySymbol or IEventSymbol;
        if (IsDelegate(model, value)) Add(model, value, isKept ? member.ContainingType : null, [member.OriginalDefinition]);
    }

    private void Add(SemanticModel model, ExpressionSyntax value, INamedTypeSymbol? holder, ISymbol[] to)
    {
        var (instances, from) = Sources(model, value);
        _steps.Add(new Step(instances, from, holder?.OriginalDefinition, to));
    }

    private static bool IsDelegate(SemanticModel model, ExpressionSyntax value) =>
        model.GetTypeInfo(value).ConvertedType?.TypeKind == TypeKind.Delegate;

    /// <summary>Returns the types of the instances that a delegate keeps alive, and the delegates that it is or captures.</summary>
    private static (ITypeSymbol[] Instances, ISymbol[] From) Sources(SemanticModel model, ExpressionSyntax value)
    {
        switch (value)
        {
            case AnonymousFunctionExpressionSyntax lambda:
                var captured = model.AnalyzeDataFlow(lambda) is { Succeeded: true } flow ? flow.CapturedInside : [];
                var types = captured.Select(one => (one as ILocalSymbol)?.Type ?? (one as IParameterSymbol)?.Type).OfType<ITypeSymbol>();
                return ([.. types.Where(type => type.TypeKind != TypeKind.Delegate)], [.. captured]);
            case ConditionalExpressionSyntax choice:
                return Both(Sources(model, choice.WhenTrue), Sources(model, choice.WhenFalse));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return Both(Sources(model, choice.Left), Sources(model, choice.Right));
        }

        if (model.GetSymbolInfo(value).Symbol is not { } symbol) return ([], []);
        if (symbol is not IMethodSymbol method) return ([], [symbol.OriginalDefinition]);
        var receiver = value is MemberAccessExpressionSyntax access ? model.GetTypeInfo(access.Expression).Type : null;
        return (method.IsStatic ? [] : [receiver ?? method.ContainingType], []);
    }

    private static (ITypeSymbol[] Instances, ISymbol[] From) Both(
        (ITypeSymbol[] Instances, ISymbol[] From) one, (ITypeSymbol[] Instances, ISymbol[] From) other) =>
        ([.. one.Instances, .. other.Instances], [.. one.From, .. other.From]);

    /// <summary>A delegate that is passed to a parameter, or assigned.</summary>
    /// <param name="Instances">The types of the instances that it keeps alive.</param>
    /// <param name="From">The variables, parameters and members that it comes from.</param>
    /// <param name="Holder">The type that holds it from then on, or null for none.</param>
    /// <param name="To">The variables, parameters and members that it goes to.</param>
    private sealed record Step(ITypeSymbol[] Instances, ISymbol[] From, INamedTypeSymbol? Holder, ISymbol[] To);
}
