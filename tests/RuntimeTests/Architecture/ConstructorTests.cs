using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>A constructor neither subscribes nor passes its instance on: what starts has a <c>Start</c> method.</summary>
public class ConstructorTests
{
    [Fact]
    public void No_constructor_subscribes_or_passes_its_instance_on() =>
        Assert.Empty(Compilations.All.SyntaxTrees.SelectMany(tree => Offenders(Compilations.All, tree)));

    [Theory]
    [InlineData("class A { A(B b) => b.Done += Run; void Run() { } } class B { public event System.Action Done; }", 1)]
    [InlineData("class A { object _b; A() => _b = new B(this); } class B(A a) { }", 1)]
    [InlineData("class A { A(B b) => b.Take(this); } class B { public void Take(A a) { } }", 1)]
    [InlineData("class A { static A One; A() => One = this; }", 1)]
    [InlineData("class A { B _b; A() => _b = new B { Owner = this }; } class B { public A Owner; }", 1)]
    [InlineData("class A { object _b; A() => _b = new B(Run); void Run() { } } class B(System.Action run) { }", 1)]
    [InlineData("class A { int _n; A(B b) => b.Take(() => _n++); } class B { public void Take(System.Action a) { } }", 1)]
    [InlineData("class A { A(B b) => b.Take(() => { }); } class B { public void Take(System.Action a) { } }", 0)]
    [InlineData("class A { object _b; A() => _b = new B(Run); static void Run() { } } class B(System.Action run) { }", 0)]
    [InlineData("class A { int _n; A(int n) => this._n = n; }", 0)]
    [InlineData("class A { A(B b) { } void Start(B b) => b.Done += Run; void Run() { } } class B { public event System.Action Done; }", 0)]
    [InlineData("class A { int _n; A() => _n += 1; }", 0)]
    public void A_constructor_that_passes_its_instance_on_is_found(string source, int count)
    {
        var compilation = Compilations.Of([SourceTree.ParseText(source)]);
        Assert.Equal(count, compilation.SyntaxTrees.SelectMany(tree => Offenders(compilation, tree)).Count());
    }

    private static IEnumerable<string> Offenders(CSharpCompilation compilation, SyntaxTree tree)
    {
        var model = compilation.GetSemanticModel(tree);
        var constructors = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ConstructorDeclarationSyntax>();
        return from constructor in constructors
               from node in constructor.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax)
               where node is ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax } || IsSubscription(node)
                   || (node is ArgumentSyntax argument && IsOwnDelegate(model, argument.Expression))
               select $"{tree.FilePath}({tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}): {node.Parent}";
    }

    /// <summary>Returns <c>true</c> for a method of the instance, and for a lambda that uses it.</summary>
    private static bool IsOwnDelegate(SemanticModel model, ExpressionSyntax value)
    {
        if (model.GetTypeInfo(value).ConvertedType?.TypeKind != TypeKind.Delegate) return false;
        return value is AnonymousFunctionExpressionSyntax lambda
            ? model.AnalyzeDataFlow(lambda) is { Succeeded: true } flow
                && flow.CapturedInside.Any(one => one is IParameterSymbol { IsThis: true })
            : value is IdentifierNameSyntax && model.GetSymbolInfo(value).Symbol is IMethodSymbol { IsStatic: false };
    }

    /// <summary>Returns <c>true</c> for <c>source.Event += method</c>; a sum has no method or lambda on its right.</summary>
    private static bool IsSubscription(SyntaxNode node) => node is AssignmentExpressionSyntax assignment
        && assignment.IsKind(SyntaxKind.AddAssignmentExpression)
        && (assignment.Right is AnonymousFunctionExpressionSyntax || IsMethod(assignment.Right));

    private static bool IsMethod(ExpressionSyntax value)
    {
        var name = ((value as MemberAccessExpressionSyntax)?.Name ?? value as SimpleNameSyntax)?.Identifier.Text;
        return name is not null && value.Ancestors().OfType<TypeDeclarationSyntax>().First().Members.OfType<MethodDeclarationSyntax>()
            .Any(method => method.Identifier.Text == name);
    }
}
