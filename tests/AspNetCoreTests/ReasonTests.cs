using System.Text.RegularExpressions;
using TypedSocketRedis.Namespaces;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>The tags of the reasons in metrics, and their documentation.</summary>
public partial class ReasonTests
{
    [Fact]
    public void Every_reason_of_a_refusal_is_documented_with_its_metric() => Assert.Equal(
        Documented("typedsocketredis.server.sockets.refused"),
        Enum.GetValues<RefusalReason>().Select(reason => reason.Text()).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reason_to_drop_an_outgoing_event_is_documented_with_its_metric() => Assert.Equal(
        Documented("typedsocketredis.server.outgoing.dropped"),
        Enum.GetValues<OutgoingDropReason>().Select(reason => reason.Text()).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reason_of_an_unauthorized_event_is_documented_with_its_metric() => Assert.Equal(
        Documented("typedsocketredis.server.events.unauthorized"),
        new[] { IdentityRefusal.Forbidden, IdentityRefusal.Unauthenticated }.Select(refusal => refusal.Code()));

    /// <summary>Returns the reasons in the row of a metric; unlike options and members, they have no capital letters.</summary>
    private static IEnumerable<string> Documented(string metric)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TypedSocketRedis.sln"))) folder = folder.Parent!;
        var row = File.ReadLines(Path.Combine(folder.FullName, "docs/observability.md"))
            .Single(line => line.StartsWith($"| `{metric}` {{`reason`}} |", StringComparison.Ordinal));
        return Reason().Matches(row).Select(match => match.Groups[1].Value).Skip(1).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Reason();
}
