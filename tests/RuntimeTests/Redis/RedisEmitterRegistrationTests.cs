using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The emitter in a service collection, and options from configuration. Needs redis-server.</summary>
public sealed class RedisEmitterRegistrationTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int NotReceived = 1212;

    [Fact]
    public void Options_of_adapters_and_emitters_are_bound_from_configuration()
    {
        var configuration = Configuration(
            ("Redis:Key", "bound"), ("Redis:SubscriptionMode", "PerRoom"), ("Redis:MaxMessageSize", "2048"),
                ("Redis:RequestsTimeout", "00:00:02"),
            ("Redis:AcceptControlRequests", "Nodes"), ("Redis:LegacyEmitters", "true"), ("Sharded:ChannelPrefix", "bound"),
            ("Sharded:SubscriptionMode", "Static"), ("Sharded:ProbeInterval", "00:00:20"), ("Emitter:Key", "bound"),
            ("Emitter:Sharded:SubscriptionMode", "DynamicPrivate"), ("Emitter:MaxMessageSize", "2048"),
                ("Emitter:Configuration", "rediss://u:p@host"));
        using var services = new ServiceCollection()
            .Configure<RedisAdapterOptions>(configuration.GetSection("Redis"))
            .Configure<ShardedRedisAdapterOptions>(configuration.GetSection("Sharded"))
            .Configure<RedisEmitterOptions>(configuration.GetSection("Emitter"))
            .BuildServiceProvider();

        var classic = services.GetRequiredService<IOptions<RedisAdapterOptions>>().Value;
        var sharded = services.GetRequiredService<IOptions<ShardedRedisAdapterOptions>>().Value;
        var emitter = services.GetRequiredService<IOptions<RedisEmitterOptions>>().Value;

        Assert.Equal(("bound", RedisSubscriptionMode.PerRoom, 2048, true),
            (classic.Key, classic.SubscriptionMode, classic.MaxMessageSize, classic.LegacyEmitters));
        Assert.Equal((TimeSpan.FromSeconds(2), RedisControlRequests.Nodes), (classic.RequestsTimeout, classic.AcceptControlRequests));
        Assert.Equal(("bound", ShardedSubscriptionMode.Static, TimeSpan.FromSeconds(20)),
            (sharded.ChannelPrefix, sharded.SubscriptionMode, sharded.ProbeInterval));
        Assert.Equal(("bound", 2048, "rediss://u:p@host"), (emitter.Key, emitter.MaxMessageSize, emitter.Configuration));
        Assert.Equal(ShardedSubscriptionMode.DynamicPrivate, emitter.Sharded!.SubscriptionMode);
    }

    [Theory]
    [InlineData("configuration")]
    [InlineData("uri")]
    [InlineData("option")]
    [InlineData("multiplexer")]
    [InlineData("service")]
    public async Task An_emitter_sends_with_each_kind_of_connection_and_logs_to_the_application(string way)
    {
        var log = new LogSink();
        await using var connection = await redis.ConnectAsync();
        var received = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal($"{way}#/#"));
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(log);
        services.Configure<RedisEmitterOptions>(Configuration(("Key", way)));
        Add(services, way, connection);
        await using (var provider = services.BuildServiceProvider())
        {
            var emitter = provider.GetRequiredService<RedisEmitter>();
            Assert.Same(emitter, provider.GetRequiredService<RedisEmitter>());
            emitter.Of("/").Emit("first");
            await emitter.Of("/").EmitAsync("second");
            await emitter.Of("/elsewhere").EmitAsync("third");

            Assert.Contains("first", (string)(await received.ReadAsync(TestContext.Current.CancellationToken)).Message!,
                StringComparison.Ordinal);
            Assert.Contains("second", (string)(await received.ReadAsync(TestContext.Current.CancellationToken)).Message!,
                StringComparison.Ordinal);
            Assert.Contains(log.Entries, entry => entry is { Level: LogLevel.Warning, Id: NotReceived });
        }

        Assert.True(connection.IsConnected);
    }

    [Theory]
    [InlineData("MaxMessageSize", "1", "RedisEmitterOptions.MaxMessageSize")]
    [InlineData("Sharded:SubscriptionMode", "9", "ShardedEmitterOptions.SubscriptionMode")]
    [InlineData("Configuration", "redis://user:hunter2@host:port", "RedisEmitterOptions.Configuration")]
    [InlineData("Configuration", "http://user:hunter2@host", "RedisEmitterOptions.Configuration")]
    public void Invalid_options_are_rejected_when_the_host_starts(string name, string value, string named)
    {
        var services = new ServiceCollection().AddSocketIOEmitter();
        services.Configure<RedisEmitterOptions>(Configuration((name, value)));
        using var provider = services.BuildServiceProvider();

        var rejected = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(named, rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", rejected.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://user:hunter2@host:port")]
    [InlineData("http://user:hunter2@host:6379")]
    [InlineData("localhost,hunter2=y")]
    public void A_malformed_configuration_is_rejected_without_a_secret_in_the_message(string configuration)
    {
        var rejected = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSocketIOEmitter(configuration));

        Assert.DoesNotContain("hunter2", rejected.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_emitter_and_one_without_a_connection_are_rejected()
    {
        var services = new ServiceCollection().AddSocketIOEmitter();
        Assert.Throws<InvalidOperationException>(() => services.AddSocketIOEmitter("localhost:1"));

        using var provider = services.BuildServiceProvider();
        Assert.Contains("AddSocketIOEmitter", Assert.Throws<InvalidOperationException>(provider.GetRequiredService<RedisEmitter>).Message,
            StringComparison.Ordinal);
    }

    private void Add(IServiceCollection services, string way, IConnectionMultiplexer connection)
    {
        _ = way switch
        {
            "configuration" => services.AddSocketIOEmitter(redis.Configuration),
            "uri" => services.AddSocketIOEmitter($"redis://{redis.Configuration}/0"),
            "option" => services.AddSocketIOEmitter(options => options.Configuration = $"redis://{redis.Configuration}"),
            "multiplexer" => services.AddSocketIOEmitter(connection),
            _ => services.AddSingleton(connection).AddSocketIOEmitter(),
        };
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(
            values.ToDictionary(one => one.Key, one => (string?)one.Value, StringComparer.Ordinal)).Build();
}
