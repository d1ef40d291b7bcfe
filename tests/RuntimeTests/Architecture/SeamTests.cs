using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>Every seam that has a double in the tests has one that calls back from a second thread.</summary>
public class SeamTests
{
    private static readonly HashSet<string> Interfaces = [.. Compilations.Types(Compilations.All)
        .Where(type => type is { TypeKind: TypeKind.Interface, IsGenericType: false }).Select(type => type.Name)];

    [Fact]
    public void Every_seam_with_a_double_has_a_double_that_calls_back()
    {
        var doubles = Doubles().ToHashSet(StringComparer.Ordinal);
        var covered = Nodes().OfType<GenericNameSyntax>()
            .Where(name => name.Identifier.Text == nameof(SecondThread.AssertCalled))
            .Select(name => name.TypeArgumentList.Arguments.Single().ToString());
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "INamespaceAdapter", "IRedisLink", "ISocketFilter" }, doubles);

        // The library calls none of it: it implements a socket for the application.
        Assert.Empty(doubles.Except(covered).Except([nameof(ISocket)]));
    }

    /// <summary>Returns the interfaces of the libraries that a class of the tests, or a fake, implements.</summary>
    private static IEnumerable<string> Doubles() =>
        from node in Nodes()
        from type in node switch
        {
            SimpleBaseTypeSyntax implemented => [implemented.Type],
            GenericNameSyntax { Identifier.Text: "Of", Parent: MemberAccessExpressionSyntax access } generic
                when access.Expression.ToString() == nameof(Fake) => generic.TypeArgumentList.Arguments,
            _ => Enumerable.Empty<TypeSyntax>(),
        }
        where Interfaces.Contains(type.ToString())
        select type.ToString();

    private static IEnumerable<SyntaxNode> Nodes() =>
        from file in SourceTree.Files("tests")
        from node in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
        select node;
}
