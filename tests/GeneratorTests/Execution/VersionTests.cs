using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Generator.Emitting;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>The check that generated code and the assembly it calls are of the same version.</summary>
public class VersionTests
{
    [Fact]
    public void The_version_that_the_generator_writes_is_accepted() => GeneratedCode.RequireVersion(VersionEmitter.Version, "Shop");

    [Theory]
    [InlineData(VersionEmitter.Version - 1)]
    [InlineData(VersionEmitter.Version + 1)]
    public void Another_version_is_refused_with_a_message_that_names_the_assembly(int version) => Assert.Equal(
        "The contracts of Shop were compiled with another release of TypedSocketRedis.Contracts than the one that is loaded "
        + $"(version {version} of generated code instead of {VersionEmitter.Version}). Reference the same version of the package in every project, "
        + "and build again.",
        Assert.Throws<NotSupportedException>(() => GeneratedCode.RequireVersion(version, "Shop")).Message);
}
