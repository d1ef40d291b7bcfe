using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The two rules of the bus: one strategy knows the topology, and one record has the times.</summary>
public class BusTests
{
    // The times of the bus and the adapters, the limit on the timeout that another node requests, options, and a value of the wire.
    private static readonly string[] HaveTimes =
    [
        "src/Runtime/Bus/BusTimings.cs",
        "src/Runtime/Peers/PeerResponder.cs",
        "src/Runtime/RedisEmitterOptions.cs",
        "src/Runtime/RedisNodeOptions.cs",
        "src/Runtime/Wire/PeerValues.cs",
    ];

    // The strategies, the options that choose one, and the names of channels, for which the part is needed that determines a slot.
    private static readonly string[] KnowTheTopology =
    [
        "src/Runtime/Bus/Cluster/PinnedTopology.cs",
        "src/Runtime/Bus/Cluster/ShardedTopology.cs",
        "src/Runtime/Bus/Cluster/SingleTopology.cs",
        "src/Runtime/RedisAdapterOptions.cs",
        "src/Runtime/RedisEmitterOptions.cs",
        "src/Runtime/ShardedRedisAdapterOptions.cs",
        "src/Runtime/Wire/Sharded/ShardedChannels.cs",
    ];

    [Fact]
    public void Only_the_strategies_and_their_factories_know_the_topology() => Assert.Equal(
        KnowTheTopology,
        from file in SourceTree.Files("src/Runtime")
        let names = SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
        where names.OfType<SimpleNameSyntax>().Any(name => IsTopology(name.Identifier.ValueText))
            || names.OfType<TypeDeclarationSyntax>().Any(type => IsTopology(type.Identifier.ValueText))
        select file);

    [Fact]
    public void The_kind_of_a_channel_decides_nothing() => Assert.Empty(
        from file in SourceTree.Files("src/Runtime")
        from name in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<SimpleNameSyntax>()
        where name.Identifier.ValueText is "IsSharded" or "IsPattern"
        select $"{file}: {name.Parent}");

    [Fact]
    public void Times_of_the_bus_are_in_one_record() => Assert.Equal(
        HaveTimes,
        from file in SourceTree.Files("src/Runtime")
        where SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Any(access => access.Expression.ToString() == nameof(TimeSpan)
                && access.Name.Identifier.ValueText.StartsWith("From", StringComparison.Ordinal))
        select file);

    private static bool IsTopology(string name) => name is "SingleTopology" or "PinnedTopology" or "ShardedTopology";
}
