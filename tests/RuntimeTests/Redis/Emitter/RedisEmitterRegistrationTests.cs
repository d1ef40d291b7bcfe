using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The emitter in a service collection, and options from configuration. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
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
            emitter.Of("/").All.Emit("first");
            await emitter.Of("/").All.EmitAsync("second");
            await emitter.Of("/elsewhere").All.EmitAsync("third");

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
    public void A_second_emitter_of_one_name_is_rejected()
    {
        var services = new ServiceCollection().AddSocketIOEmitter().AddKeyedSocketIOEmitter("a").AddKeyedSocketIOEmitter("b");

        var rejected = Assert.Throws<InvalidOperationException>(() => services.AddSocketIOEmitter("localhost:1"));
        Assert.Contains("AddKeyedSocketIOEmitter", rejected.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => services.AddKeyedSocketIOEmitter("b"));
        Assert.Throws<ArgumentException>(() => services.AddKeyedSocketIOEmitter(""));
    }

    [Theory]
    [InlineData(null, "AddSocketIOEmitter needs a connection: pass its configuration, set RedisEmitterOptions.Configuration, set")]
    [InlineData("jobs", "RedisEmitterOptions.ServiceKey is \"jobs\" (String), but no IConnectionMultiplexer is registered with that key")]
    public async Task A_missing_connection_is_rejected_when_the_host_starts(string? key, string message)
    {
        await using var connection = await redis.ConnectAsync();
        var services = new ServiceCollection().AddSocketIOEmitter().AddKeyedSingleton<IConnectionMultiplexer>("other", connection);
        services.Configure<RedisEmitterOptions>(Configuration(("ServiceKey", key!)));
        await using var provider = services.BuildServiceProvider();

        foreach (var use in new Action[]
        {
            provider.GetRequiredService<IStartupValidator>().Validate, () => provider.GetRequiredService<RedisEmitter>(),
        })
        {
            var rejected = Assert.Throws<OptionsValidationException>(use).Message;
            Assert.Contains(message, rejected, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_configuration_and_a_service_key_are_rejected_together()
    {
        using var provider = new ServiceCollection().AddSocketIOEmitter("localhost:1", options => options.ServiceKey = "jobs")
            .BuildServiceProvider();

        var rejected = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("RedisEmitterOptions.Configuration and RedisEmitterOptions.ServiceKey are both set", rejected.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_rejected_for_an_emitter_with_a_connection_and_as_a_configuration()
    {
        await using var connection = await redis.ConnectAsync();
        var services = new ServiceCollection().AddKeyedSingleton<IConnectionMultiplexer>("jobs", connection)
            .AddSocketIOEmitter(connection, options => options.ServiceKey = "jobs")
            .AddKeyedSocketIOEmitter("a", options => options.Configuration = "jobs").AddKeyedSocketIOEmitter("b");
        await using var provider = services.BuildServiceProvider();

        var rejected = Assert.Throws<AggregateException>(provider.GetRequiredService<IStartupValidator>().Validate).ToString();

        Assert.Contains("RedisEmitterOptions.ServiceKey is set, but a connection was passed to AddSocketIOEmitter", rejected,
            StringComparison.Ordinal);
        Assert.Contains("call AddKeyedSocketIOEmitter(\"a\", options => options.ServiceKey = \"jobs\")", rejected,
            StringComparison.Ordinal);
        Assert.Contains("AddKeyedSocketIOEmitter needs a connection: set RedisEmitterOptions.Configuration", rejected,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emitters_have_the_options_and_the_connection_of_their_name()
    {
        await using var connection = await redis.ConnectAsync();
        await using var other = await redis.ConnectAsync();
        var services = new ServiceCollection()
            .AddSingleton<IConnectionMultiplexer>(connection).AddKeyedSingleton<IConnectionMultiplexer>("other", other)
            .AddSocketIOEmitter(options => options.Key = "first")
            .AddKeyedSocketIOEmitter("second")
            .AddKeyedSocketIOEmitter("third", options => options.Configuration = redis.Configuration);
        services.Configure<RedisEmitterOptions>("second", Configuration(("Key", "second"), ("ServiceKey", "other")));
        services.Configure<RedisEmitterOptions>("third", Configuration(("Key", "third")));
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        var received = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Pattern("*#/named#"));
        await other.CloseAsync();

        await provider.GetRequiredService<IEmitter<AnyEvents>>().In("/named").All.EmitAsync("x");
        Assert.Equal("first#/named#", (await received.ReadAsync(TestContext.Current.CancellationToken)).Channel);
        await provider.GetRequiredKeyedService<IEmitter<AnyEvents>>("third").In("/named").All.EmitAsync("x");
        Assert.Equal("third#/named#", (await received.ReadAsync(TestContext.Current.CancellationToken)).Channel);
        var second = provider.GetRequiredKeyedService<RedisEmitter>("second").Of("/named");
        await Assert.ThrowsAnyAsync<Exception>(async () => await second.All.EmitAsync("x"));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_container_disposes_the_emitter_and_its_subscriptions(bool isShared, bool isAsync)
    {
        var key = $"container-{isShared}-{isAsync}";
        await using var connection = await redis.ConnectAsync();
        await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal($"{key}-request#/#"));
        var services = new ServiceCollection();
        if (isShared) services.AddSocketIOEmitter(connection, options => options.Key = key);
        else services.AddSocketIOEmitter(redis.Configuration, options => options.Key = key);
        var provider = services.BuildServiceProvider();
        var emitter = provider.GetRequiredService<RedisEmitter>();
        var fetching = emitter.Of("/").All.WithTimeout(TimeSpan.FromMinutes(1)).FetchSocketsAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Subscribed(connection, key).Count == 4, () => string.Join(' ', Subscribed(connection, key)));

        if (isAsync) await provider.DisposeAsync();
        else await Task.Run(provider.Dispose, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => fetching);
        Assert.Throws<ObjectDisposedException>(() => emitter.Of("/"));
        await Eventually.TrueAsync(() => Subscribed(connection, key).Count == 1, () => string.Join(' ', Subscribed(connection, key)));
        Assert.Equal($"{key}-request#/#", Assert.Single(Subscribed(connection, key)));
        Assert.True(connection.IsConnected);
    }

    private static List<string> Subscribed(ConnectionMultiplexer connection, string key) =>
        [.. connection.GetServers()[0].SubscriptionChannels(RedisChannel.Pattern($"{key}*")).Select(channel => channel.ToString())];

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
