using Microsoft.Extensions.Options;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The forms of a configuration, and the secrets in malformed ones.</summary>
public sealed class RedisConfigurationTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost:6379", null, null, null, false)]
    [InlineData("redis://localhost:7000/", "localhost:7000", null, null, null, false)]
    [InlineData("rediss://user:secret@host.example:6380/3", "host.example:6380", "user", "secret", 3, true)]
    [InlineData("REDISS://:p%40ss%2Fw%3Ard%2C%25@host", "host:6379", null, "p@ss/w:rd,%", null, true)]
    [InlineData("redis://us%3Aer:a:b@host", "host:6379", "us:er", "a:b", null, false)]
    [InlineData("redis://user@host", "host:6379", "user", null, null, false)]
    [InlineData("redis://:secret@[::1]:7001/0", "[::1]:7001", null, "secret", 0, false)]
    [InlineData("redis://[2001:db8::1]", "[2001:db8::1]:6379", null, null, null, false)]
    [InlineData("redis://:s@a:1, redis://:s@b:2,connectTimeout=1000", "a:1, b:2", null, "s", null, false)]
    [InlineData("redis://:s@a:1,b:2,defaultDatabase=4", "a:1, b:2", null, "s", 4, false)]
    [InlineData("a:1,connectTimeout=1000,b:2,password=q,", "a:1, b:2", null, "q", null, false)]
    [InlineData("a:1,b:2,user=u,password=p://q,ssl=true", "a:1, b:2", "u", "p://q", null, true)]
    public void A_configuration_is_read_in_each_of_its_forms(string text, string servers, string? user, string? password, int? database,
        bool isEncrypted)
    {
        var options = RedisConfiguration.Parse(text);

        Assert.Equal(servers, RedisConfiguration.Describe(options.EndPoints));
        Assert.Equal((user ?? "", password ?? "", database, isEncrypted),
            (options.User ?? "", options.Password ?? "", options.DefaultDatabase, options.Ssl));
    }

    [Theory]
    [InlineData("redis://user:hunter2@host:port")]
    [InlineData("redis://user:hunter2@host:0")]
    [InlineData("redis://user:hunter2@host:70000")]
    [InlineData("redis://user:hunter2@host/zero")]
    [InlineData("redis://user:hunter2@")]
    [InlineData("redis://user:hunter2@[::1")]
    [InlineData("redis://user:hunter2@[::1]7000")]
    [InlineData("redis://user:hunter2@[host]")]
    [InlineData("redis://user:hunter2@ho st")]
    [InlineData("redis://user:hunter2@host?db=1")]
    [InlineData("redis://user:hunter2#@host")]
    [InlineData("redis://user:x/hunter2@host")]
    [InlineData("redis://user:x,hunter2@host")]
    [InlineData("redis://:hunter2@a,redis://:other@b")]
    [InlineData("redis://:hunter2@a,rediss://:hunter2@b")]
    [InlineData("localhost,redis://user:hunter2@host:6379/0")]
    [InlineData("http://user:hunter2@host:6379")]
    [InlineData("unix://user:hunter2@host")]
    [InlineData("localhost,password=x,hunter2=y")]
    [InlineData("localhost,password=x,hunter2")]
    [InlineData("localhost,Password = x,ssl=true,hunter2:6379")]
    [InlineData("redis://localhost,password=x,hunter2")]
    [InlineData("localhost,hunter2=y")]
    [InlineData("localhost,connectTimeout=hunter2")]
    [InlineData("password=hunter2")]
    public void A_malformed_configuration_is_rejected_without_a_secret_in_the_message(string text)
    {
        var rejected = Assert.Throws<ArgumentException>(() => new SocketIOBuilder(new ServiceCollection()).AddRedisAdapter(text));
        var sharded = Assert.Throws<ArgumentException>(() => new SocketIOBuilder(new ServiceCollection()).AddShardedRedisAdapter(text));

        Assert.DoesNotContain("hunter2", rejected.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", sharded.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_an_error_message_of_Redis_is_masked()
    {
        var secrets = new RedisSecrets(RedisConfiguration.Parse("redis://:p%40ss@host"));
        var quoted = new RedisServerException(RedisErrorKind.UnknownCommand, CommandFlags.None,
            "ERR unknown command `AUTH`, with args beginning with: `p@ss`, ");

        var clean = secrets.Clean(
            new RedisConnectionException(ConnectionFailureType.AuthenticationFailure, CommandFlags.None, "The connection failed.", quoted));

        Assert.DoesNotContain("p@ss", clean.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("p@ss", secrets.Clean(quoted).ToString(), StringComparison.Ordinal);
        Assert.Contains("ERR unknown command", secrets.Clean(quoted).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_from_all_sources_reach_the_adapter_and_are_validated()
    {
        var services = new ServiceCollection();
        services.Configure<RedisAdapterOptions>(options => options.Key = "configured");
        new SocketIOBuilder(services).AddRedisAdapter("localhost:1", options => options.RequestsTimeout = TimeSpan.FromSeconds(1));
        services.PostConfigure<RedisAdapterOptions>(options => options.MaxMessageSize = 2048);

        await using (var provider = services.BuildServiceProvider())
        {
            var used = Assert.IsType<RedisAdapterFactory>(provider.GetRequiredService<INamespaceAdapterFactory>()).Options;
            var adapter = Assert.IsType<RedisAdapterOptions>(used);
            Assert.Equal(("configured", 2048, TimeSpan.FromSeconds(1)), (adapter.Key, adapter.MaxMessageSize, adapter.RequestsTimeout));
        }

        services = new ServiceCollection();
        services.Configure<ShardedRedisAdapterOptions>(options => options.ChannelPrefix = "");
        new SocketIOBuilder(services).AddShardedRedisAdapter("localhost:1");
        await using var sharded = services.BuildServiceProvider();
        var rejected = Assert.Throws<OptionsValidationException>(() => sharded.GetRequiredService<INamespaceAdapterFactory>());
        Assert.Contains("ShardedRedisAdapterOptions.ChannelPrefix", rejected.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => sharded.GetRequiredService<IStartupValidator>().Validate());
    }
}
