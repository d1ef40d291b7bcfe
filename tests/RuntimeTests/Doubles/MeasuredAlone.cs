using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Tests that measure the allocations of metrics; a listener of another test would allocate on their thread.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "Measured alone";
}
