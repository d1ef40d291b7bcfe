using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Architecture;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The texts of the reasons to drop a message, which are tags of a metric, and their documentation.</summary>
public partial class DropReasonTests
{
    /// <summary>The reasons that only packets of clients and acknowledgements have.</summary>
    private static readonly string[] OfClients = ["ack", "engine", "id", "order", "packet", "path", "payload", "type"];

    private static DropReason[] All => [.. Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None)];

    [Fact]
    public void Every_reason_has_its_own_text()
    {
        var texts = All.Select(reason => reason.Text()).ToArray();
        Assert.Equal(27, texts.Length);
        Assert.All(texts, text => Assert.Matches("^[a-z_]+$", text));
        Assert.Equal(texts.Distinct(StringComparer.Ordinal), texts);
        Assert.Equal("unknown_room", DropReason.UnknownRoom.Text());
    }

    [Fact]
    public void Success_has_no_text_because_it_is_never_counted() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DropReason.None.Text());

    [Fact]
    public void Every_reason_is_documented_with_its_metric()
    {
        var row = SourceTree.Text("docs/observability.md").Split('\n')
            .Single(line => line.StartsWith("| `typedsocketredis.redis.dropped` {`reason`} |", StringComparison.Ordinal));
        var documented = CodeSpan().Matches(row).Select(match => match.Groups[1].Value).Skip(2);
        Assert.Equal(Sorted(All.Select(reason => reason.Text())), Sorted(documented));
    }

    [Fact]
    public void Every_reason_of_the_protocol_is_a_reason_or_one_of_clients()
    {
        var texts = Enum.GetValues<ProtocolReason>().Select(reason => reason.Text());
        var same = Enum.GetValues<ProtocolReason>().Where(IsSame).Select(reason => reason.Text());
        Assert.Equal(Sorted(texts), Sorted([.. OfClients, .. same]));
        Assert.Equal(Sorted(Enum.GetNames<ProtocolReason>().Select(name => name.ToLowerInvariant())), Sorted(texts));
        Assert.All(OfClients, text => Assert.Equal(DropReason.Shape, new ProtocolException(Of(text), "").ToDropReason()));
    }

    [Fact]
    public void Every_reason_of_the_protocol_is_used()
    {
        var used = SourceTree.Files("src/Contracts").Concat(SourceTree.Files("src/Runtime")).SelectMany(Reasons).Distinct();
        Assert.Equal(Sorted(Enum.GetNames<ProtocolReason>()), Sorted(used));
    }

    private static ProtocolReason Of(string text) => Enum.GetValues<ProtocolReason>().Single(reason => reason.Text() == text);

    private static bool IsSame(ProtocolReason reason) =>
        new ProtocolException(reason, "").ToDropReason() is var dropped and not DropReason.Shape && dropped.Text() == reason.Text();

    /// <summary>Returns the reasons of the exceptions that a file creates.</summary>
    private static IEnumerable<string> Reasons(string file) =>
        from creation in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .OfType<BaseObjectCreationExpressionSyntax>()
        let type = creation is ObjectCreationExpressionSyntax typed ? typed.Type : creation.Ancestors()
            .OfType<MethodDeclarationSyntax>().FirstOrDefault()?.ReturnType
        where type?.ToString() == nameof(ProtocolException)
        select Assert.IsType<MemberAccessExpressionSyntax>(creation.ArgumentList!.Arguments[0].Expression).Name.Identifier.Text;

    private static string[] Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
