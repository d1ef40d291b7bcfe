using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The limit of one adapter per server.</summary>
public class OneAdapterTests
{
    private readonly SocketIOBuilder _builder = new(new ServiceCollection());

    [Fact]
    public void A_second_adapter_is_rejected_with_the_names_of_both()
    {
        _builder.AddRedisAdapter("localhost");
        var rejected = Assert.Throws<InvalidOperationException>(() => _builder.AddShardedRedisAdapter("localhost"));
        Assert.Equal(
            "AddShardedRedisAdapter was called after AddRedisAdapter: a server has one adapter. Remove one of the two calls.",
            rejected.Message);
    }

    [Fact]
    public void Adding_the_same_adapter_twice_is_rejected()
    {
        _builder.AddShardedRedisAdapter("localhost");
        Assert.Throws<InvalidOperationException>(() => _builder.AddShardedRedisAdapter("localhost"));
    }

    [Fact]
    public void An_adapter_can_be_added_after_an_invalid_configuration()
    {
        Assert.Throws<ArgumentException>(() => _builder.AddRedisAdapter("redis://localhost:port"));
        _builder.AddRedisAdapter("localhost");
        Assert.Single(_builder.Services, service => service.ServiceType == typeof(INamespaceAdapterFactory));
    }
}
