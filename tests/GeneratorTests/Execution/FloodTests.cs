using System.Globalization;
using TypedSocketRedis.Generated;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>Values that a peer chose so that their hash codes collide.</summary>
public sealed class FloodTests
{
    private const int Many = 50_000;

    private static readonly TypedSocketRedis_Tests_Execution_FrozenFormatter Formatter =
        TypedSocketRedis_Tests_Execution_FrozenFormatter.Instance;

    [Theory]
    [InlineData("longs")]
    [InlineData("tree")]
    public void Values_with_the_same_hash_code_are_refused(string property)
    {
        // The hash code of a long combines its halves, so all of these values have the same one.
        var values = Enumerable.Range(0, Many).Select(i => ((long)i << 32) | (uint)i);
        var e = Assert.Throws<EventDataException>(() => Read(property, values.Select(v => v.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal("values with hash codes of their own", e.Expected);
        Assert.StartsWith(property, e.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ints")]
    [InlineData("map")]
    [InlineData("immutable")]
    public void Values_that_would_share_a_bucket_are_distributed(string property)
    {
        const int buckets = 10_007;
        var read = Read(property,
            Enumerable.Range(0, Many).Select(i => (i * (long)buckets % int.MaxValue).ToString(CultureInfo.InvariantCulture)));
        var comparer = property switch { "ints" => read.Ints!.Comparer, "map" => read.Map!.Comparer, _ => read.Immutable!.KeyComparer };
        Assert.InRange(Enumerable.Range(0, 10_000).Select(i => (uint)comparer.GetHashCode(i * buckets) % buckets).Distinct().Count(), 4_000,
            buckets);
    }

    [Fact]
    public void The_application_can_add_any_value_to_a_collection_that_was_read()
    {
        var read = Read("longs", Enumerable.Range(0, 200).Select(i => i.ToString(CultureInfo.InvariantCulture))).Longs!;
        for (var i = 0; i < 500; i++) read.Add((long)i << 32 | (uint)i);
        for (var i = 0; i < 100; i++) Assert.Contains(7, read);
        Assert.Equal(200 + 499, read.Count);
        Assert.True(read.SetEquals(read.ToHashSet()));
    }

    [Fact]
    public void A_small_collection_has_the_default_comparer() =>
        Assert.Same(EqualityComparer<long>.Default, Read("longs", ["1", "2"]).Longs!.Comparer);

    private static Frozen Read(string property, IEnumerable<string> values)
    {
        var isSet = property is "longs" or "immutable";
        var json = isSet ? $"[{string.Join(',', values)}]" : $"{{{string.Join(',', values.Select(v => $"\"{v}\":0"))}}}";
        return Wire.ReadJson(Formatter, $"{{\"{property}\":{json}}}")!;
    }
}
