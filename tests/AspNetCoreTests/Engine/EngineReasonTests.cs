using System.Text.RegularExpressions;
using TypedSocketRedis.Engine;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The tags of the reasons in the engine's metrics, and their documentation.</summary>
public partial class EngineReasonTests
{
    [Fact]
    public void Every_reason_to_refuse_a_connection_is_documented_with_its_metric() => AssertDocumented(
        "typedsocketredis.server.connections.refused", Enum.GetValues<ConnectionRefusalReason>().Select(reason => reason.Text()));

    [Fact]
    public void Every_reason_to_drop_a_packet_is_documented_with_its_metric() => AssertDocumented(
        "typedsocketredis.server.messages.dropped", Enum.GetValues<PacketDropReason>().Select(reason => reason.Text()));

    [Fact]
    public void Every_reason_of_a_violation_is_documented_with_its_metric() => AssertDocumented(
        "typedsocketredis.server.malformed", Enum.GetValues<ViolationReason>().Select(reason => reason.Text()));

    private static void AssertDocumented(string metric, IEnumerable<string> tags)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TypedSocketRedis.sln"))) folder = folder.Parent!;
        var row = File.ReadLines(Path.Combine(folder.FullName, "docs/observability.md"))
            .Single(line => line.StartsWith($"| `{metric}` {{`reason`}} |", StringComparison.Ordinal));

        // Options and members have capital letters.
        var documented = Tag().Matches(row).Select(match => match.Groups[1].Value).Skip(1);
        Assert.Equal(documented.Order(StringComparer.Ordinal), tags.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("`([a-z ]+)`")]
    private static partial Regex Tag();
}
