using System.Net;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Passwords that change while nodes run, as those of cloud services do. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class CredentialRotationServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const string User = "node";

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Nodes_reconnect_with_a_changed_password_and_recover_their_subscriptions(bool isSharded, bool isOwned)
    {
        var tokens = new Tokens("first");
        await using var admin = await redis.ConnectAsync();
        await SetPasswordAsync(admin, tokens.Token);
        await using var sender = await StartAsync(tokens, isSharded, isOwned);
        await using var receiver = await StartAsync(tokens, isSharded, isOwned);
        await receiver.Node.ReceivesAsync(sender.Node);

        tokens.Token = "second";
        await SetPasswordAsync(admin, tokens.Token);
        var killed = (int)await admin.GetServers()[0].ExecuteAsync("CLIENT", "KILL", "USER", User);
        Assert.True(killed >= 2, $"{killed} connections were closed.");

        await receiver.Node.ReceivesAsync(sender.Node);
        await sender.Node.ReceivesAsync(receiver.Node);
        Assert.True(receiver.Node.Health.IsConnected);
        Assert.DoesNotContain("second", receiver.Node.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_of_a_provider_is_not_fixed_when_a_configuration_is_read_or_copied()
    {
        var tokens = new Tokens("first") { Endpoint = new DnsEndPoint("rotating.example", 6380) };
        DefaultOptionsProvider.AddProvider(tokens);
        ConfigurationOptions[] read =
        [
            RedisConfiguration.Parse("rediss://rotating.example:6380"),
            RedisConfiguration.Parse("rediss://rotating.example:6380,connectTimeout=1000"),
            RedisConfiguration.Parse("rotating.example:6380,ssl=true"),
        ];
        var pinned = RedisConfiguration.Copy(RedisConfiguration.Parse("rediss://rotating.example:6380"));
        pinned.EndPoints.Clear();
        pinned.EndPoints.Add("10.0.0.1", 6380);
        tokens.Token = "second";

        Assert.All([.. read, pinned], options => Assert.Equal((User, "second"), (options.User, options.Password)));
        var given = RedisConfiguration.Parse("rediss://other:fixed@rotating.example:6380");
        Assert.Equal(("other", "fixed"), (given.User, given.Password));
    }

    [Fact]
    public void Passwords_of_before_and_after_a_change_are_masked()
    {
        var tokens = new Tokens("first");
        var secrets = new RedisSecrets(new ConfigurationOptions { Defaults = tokens });
        Assert.Equal("***** ", secrets.Clean("first "));
        tokens.Token = "second";
        Assert.Equal("***** *****", secrets.Clean("first second"));
    }

    private static async Task SetPasswordAsync(ConnectionMultiplexer admin, string password) =>
        await admin.GetServers()[0].ExecuteAsync("ACL", "SETUSER", User, "reset", "on", ">" + password, "~*", "&*", "+@all");

    private async Task<Started> StartAsync(Tokens tokens, bool isSharded, bool isOwned)
    {
        RedisNodeOptions options = isSharded ? new ShardedRedisAdapterOptions() : new RedisAdapterOptions();
        tokens.Endpoint = new IPEndPoint(IPAddress.Loopback, redis.Port);
        if (isOwned)
        {
            // A provider that matches the servers gives its credentials to connections that are made from a text, too.
            DefaultOptionsProvider.AddProvider(tokens);
            var node = await ServerNode.StartAsync(redis.Configuration, options);

            // Other connections of this process are not meant.
            tokens.Endpoint = null;
            return new Started(node, null);
        }

        var configuration = new ConfigurationOptions { Defaults = tokens, AbortOnConnectFail = false };
        configuration.EndPoints.Add(tokens.Endpoint);
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
        return new Started(await ServerNode.StartAsync(multiplexer, options), multiplexer);
    }

    private sealed record Started(ServerNode Node, ConnectionMultiplexer? Multiplexer) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            if (Multiplexer is not null) await Multiplexer.DisposeAsync();
        }
    }

    /// <summary>The credentials of one server, with a password that changes.</summary>
    private sealed class Tokens(string token) : DefaultOptionsProvider
    {
        private volatile string _token = token;

        public string Token
        {
            get => _token;
            set => _token = value;
        }

        public EndPoint? Endpoint { get; set; }

        public override string? User => CredentialRotationServerTests.User;

        public override string? Password => _token;

        public override bool IsMatch(EndPoint endpoint) => endpoint.Equals(Endpoint);
    }
}
