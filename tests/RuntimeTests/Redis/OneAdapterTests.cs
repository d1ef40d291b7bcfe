using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>A server has one adapter.</summary>
public class OneAdapterTests
{
    private readonly SocketIOBuilder _builder = new(new ServiceCollection());

    [Fact]
    public void A_second_adapter_is_refused_by_the_names_of_both()
    {
        _builder.AddRedisAdapter("localhost");
        var refused = Assert.Throws<InvalidOperationException>(() => _builder.AddShardedRedisAdapter("localhost"));
        Assert.Equal(
            "AddShardedRedisAdapter was called after AddRedisAdapter: a server has one adapter. Remove one of the two calls.", refused.Message);
    }

    [Fact]
    public void The_same_adapter_twice_is_refused_too()
    {
        _builder.AddShardedRedisAdapter("localhost");
        Assert.Throws<InvalidOperationException>(() => _builder.AddShardedRedisAdapter("localhost"));
    }

    [Fact]
    public void After_a_configuration_that_is_refused_an_adapter_can_be_added()
    {
        Assert.Throws<ArgumentException>(() => _builder.AddRedisAdapter("redis://localhost:port"));
        _builder.AddRedisAdapter("localhost");
        Assert.Single(_builder.Services, service => service.ServiceType == typeof(ISocketAdapterFactory));
    }
}
