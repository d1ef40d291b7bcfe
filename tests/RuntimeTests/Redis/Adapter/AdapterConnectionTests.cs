using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The connection of an adapter: from the services, by key, or from the options. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class AdapterConnectionTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    public static TheoryData<bool, string?> Connections => new()
    {
        { false, null },
        { true, null },
        { false, "redis" },
        { true, "redis" },
    };

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task An_adapter_uses_the_connection_of_the_application_and_leaves_it_open(bool isSharded, string? key)
    {
        await using var connection = await redis.ConnectAsync();
        var services = new ServiceCollection();
        if (key is null) services.AddSingleton<IConnectionMultiplexer>(connection);
        else services.AddKeyedSingleton<IConnectionMultiplexer>(key, connection).AddSingleton<IConnectionMultiplexer>(_ => Unused());
        Add(services, isSharded, options => options.ServiceKey = key);
        await using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            await provider.GetRequiredService<INamespaceAdapterFactory>().Create("/", JsonPacketFormat.Default).DisposeAsync();
        }

        // The container disposes a connection only if it created it.
        Assert.True(connection.IsConnected);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "redis")]
    public async Task An_adapter_uses_the_connection_that_Aspire_registers(bool isSharded, string? key)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:redis", (string?)redis.Configuration)]);
        if (key is null) builder.AddRedisClient("redis");
        else builder.AddKeyedRedisClient(key);
        Add(builder.Services, isSharded, options => options.ServiceKey = key);
        await using var provider = builder.Services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        var factory = (RedisAdapterFactory)provider.GetRequiredService<INamespaceAdapterFactory>();

        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        await Eventually.TrueAsync(() => factory.Health.IsConnected, () => $"{factory.Health}");
        Assert.True((key is null ? provider.GetRequiredService<IConnectionMultiplexer>()
            : provider.GetRequiredKeyedService<IConnectionMultiplexer>(key)).IsConnected);
    }

    [Theory]
    [InlineData(false, "redis://{0}")]
    [InlineData(true, "{0},connectTimeout=2000")]
    public async Task An_adapter_without_an_argument_makes_the_connection_of_its_options(bool isSharded, string form)
    {
        var services = new ServiceCollection();
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, redis.Configuration);
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Redis:Configuration", (string?)text)]).Build().GetSection("Redis");
        services.Configure<RedisAdapterOptions>(section).Configure<ShardedRedisAdapterOptions>(section);
        Add(services, isSharded, _ => { });
        await using var provider = services.BuildServiceProvider();
        var factory = (RedisAdapterFactory)provider.GetRequiredService<INamespaceAdapterFactory>();

        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        await Eventually.TrueAsync(() => factory.Health.IsConnected, () => $"{factory.Health}");
    }

    [Theory]
    [InlineData(false, null, "AddRedisAdapter needs a connection: pass its configuration, set RedisAdapterOptions.Configuration")]
    [InlineData(true, null, "AddShardedRedisAdapter needs a connection: pass its configuration, set ShardedRedisAdapterOptions.Config")]
    [InlineData(false, "other", "RedisAdapterOptions.ServiceKey is \"other\" (String), but no IConnectionMultiplexer is registered with")]
    [InlineData(true, "other", "ShardedRedisAdapterOptions.ServiceKey is \"other\" (String), but no IConnectionMultiplexer")]
    public void A_connection_that_is_not_registered_is_an_exception_at_start(bool isSharded, string? key, string message)
    {
        var services = new ServiceCollection().AddKeyedSingleton<IConnectionMultiplexer>("redis", (_, _) => Unused());
        Add(services, isSharded, options => options.ServiceKey = key);

        AssertRejected(services, message);
    }

    [Fact]
    public void The_key_of_a_connection_in_the_place_of_a_configuration_is_an_exception_at_start()
    {
        var services = new ServiceCollection().AddKeyedSingleton<IConnectionMultiplexer>("redis", (_, _) => Unused());
        new SocketIOBuilder(services).AddRedisAdapter("redis");

        AssertRejected(services, "RedisAdapterOptions.Configuration is \"redis\", the key of a registered IConnectionMultiplexer. "
            + "To use that connection, call AddRedisAdapter(options => options.ServiceKey = \"redis\"); to connect to a host of that "
            + "name, add the port, as in \"redis:6379\".");
    }

    [Fact]
    public void A_host_with_the_name_of_a_key_can_be_connected_to_by_its_port()
    {
        var services = new ServiceCollection().AddKeyedSingleton<IConnectionMultiplexer>("redis", (_, _) => Unused());
        new SocketIOBuilder(services).AddRedisAdapter("redis:6379");
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Two_connections_for_one_adapter_are_an_exception_at_start()
    {
        await using var connection = await redis.ConnectAsync();
        var passed = new ServiceCollection();
        new SocketIOBuilder(passed).AddRedisAdapter(connection, options => options.ServiceKey = "redis");
        AssertRejected(passed,
            "RedisAdapterOptions.ServiceKey is set, but a connection was passed to AddRedisAdapter; remove one of them.");

        var named = new ServiceCollection();
        new SocketIOBuilder(named).AddShardedRedisAdapter("localhost", options => options.ServiceKey = "redis");
        AssertRejected(named, "ShardedRedisAdapterOptions.Configuration and ShardedRedisAdapterOptions.ServiceKey are both set");
    }

    [Theory]
    [InlineData("redis://user:hunter2@host:port")]
    [InlineData("localhost,hunter2=y")]
    public void A_malformed_configuration_of_the_options_is_rejected_without_a_secret(string configuration)
    {
        var services = new ServiceCollection();
        new SocketIOBuilder(services).AddRedisAdapter(options => options.Configuration = configuration);

        var rejected = AssertRejected(services, "RedisAdapterOptions.Configuration: The Redis configuration cannot be read");
        Assert.DoesNotContain("hunter2", rejected.ToString(), StringComparison.Ordinal);
    }

    private static OptionsValidationException AssertRejected(IServiceCollection services, string message)
    {
        using var provider = services.BuildServiceProvider();
        var rejected = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(message, rejected.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<INamespaceAdapterFactory>());
        return rejected;
    }

    private static void Add(IServiceCollection services, bool isSharded, Action<RedisNodeOptions> configure)
    {
        var builder = new SocketIOBuilder(services);
        _ = isSharded ? builder.AddShardedRedisAdapter(configure) : builder.AddRedisAdapter(configure);
    }

    private static IConnectionMultiplexer Unused() => throw new InvalidOperationException("This connection is not used.");
}
