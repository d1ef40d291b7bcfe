using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>Tests that collect spans, which a process has in one place for all its servers.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Traced
{
    public const string Name = "Traced";
}
