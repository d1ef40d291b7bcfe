using MessagePack;
using MessagePack.Resolvers;
using TypedSocketRedis.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class CustomFormatterTests
{
    [Fact]
    public void Formatters_of_the_application_read_untrusted_data()
    {
        var options = CustomFormatter.Options(BuiltinResolver.Instance);

        Assert.True(options.Security.HashCollisionResistant);
        Assert.Equal(MessagePackSecurity.UntrustedData.MaximumObjectGraphDepth, options.Security.MaximumObjectGraphDepth);
    }
}
