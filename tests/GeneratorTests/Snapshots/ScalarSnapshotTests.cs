using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Values that are written as a single value: each kind as an argument, written and read.</summary>
public sealed class ScalarSnapshotTests
{
    [Fact]
    public void Integers() => Arguments("bool a, sbyte b, byte c, short d, ushort e, int f, uint g, long h, ulong i, nint j, nuint k");

    [Fact]
    public void Floats() => Arguments("Half a, float b, double c, decimal d");

    [Fact]
    public void Large_integers() => Arguments("Int128 a, UInt128 b, System.Numerics.BigInteger c");

    [Fact]
    public void Text() => Arguments("char a, string b, System.Text.Rune c");

    [Fact]
    public void Addresses_versions_and_identifiers() => Arguments("Uri a, Version b, Guid c");

    [Fact]
    public void Instants() => Arguments("DateTime a, DateTimeOffset b");

    [Fact]
    public void Days_times_and_durations() => Arguments("DateOnly a, TimeOnly b, TimeSpan c");

    [Fact]
    public void Bytes() => Arguments("byte[] a, Memory<byte> b, ReadOnlyMemory<byte> c, ArraySegment<byte> d");

    [Fact]
    public void Nullable_values() =>
        Arguments("bool? a, int? b, decimal? c, string? d, Guid? e, DateTime? f, byte[]? g, ReadOnlyMemory<byte>? h, DayOfWeek? i");

    [Fact]
    public void An_enum_as_a_number() => Arguments("DayOfWeek a");

    [Fact]
    public void Dynamic_values() =>
        Arguments("System.Text.Json.JsonElement a, System.Text.Json.Nodes.JsonNode? b, object? c, SocketArgument d");

    private static void Arguments(string parameters, [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        Snapshot.Verify(
        $"namespace Demo; [ServerEvents] public interface IEvents {{ Task Sent({parameters}); }}",
        ["Extensions", "Events", "Dispatcher"], test: test);
}
