using System.Diagnostics;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Namespaces that are disposed and created again many times, in every mode. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class NamespaceChurnServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Namespaces = 4;
    private const int EndFailed = 2104;
    private const int Unresponsive = 1206;
    private const int NotChanged = 1210;
    private const int SubscriptionRecovered = 1211;

    // For long manual runs.
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CHURN_ROUNDS"), out var rounds) ? rounds : 2500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Pattern")]
    [InlineData("PatternAndLegacyEmitters")]
    [InlineData("PerRoom")]
    [InlineData("Static")]
    [InlineData("Dynamic")]
    [InlineData("DynamicPrivate")]
    public async Task A_recreated_namespace_receives_every_event_and_leaves_no_subscription_behind(string mode)
    {
        var key = $"churn-{Guid.NewGuid():N}";
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        using var log = new RecordingLogger();
        await using var changing = await OpenAsync(mode, key, log);
        await using var permanent = await OpenAsync(mode, key, log);
        var churn = new NamespaceChurn(changing, permanent, seed);

        await churn.RunAsync(Namespaces, Rounds, Token);

        TestContext.Current.TestOutputHelper.WriteLine(
            $"{Namespaces * Rounds} namespaces created, {churn.Received} events received, {churn.Missed} missed, "
            + $"{churn.Incomplete} ghosts, {log.Count(EndFailed)} entries {EndFailed}");
        foreach (var id in log.Ids.Distinct().Where(id => id is EndFailed or Unresponsive or NotChanged or SubscriptionRecovered))
            TestContext.Current.TestOutputHelper.WriteLine($"{log.Count(id)} entries {id}, the last one: {log.Text(id)}");
        Assert.Equal((0, 0, 0), (churn.Missed, churn.Silent, churn.Incomplete));
        Assert.Equal(0, log.Count(EndFailed));
        Assert.Equal((0, 0, 0), (log.Count(Unresponsive), log.Count(NotChanged), log.Count(SubscriptionRecovered)));
        Assert.Equal((0, 0), (changing.Health.Sets, permanent.Health.Sets));
        await using var client = await redis.ConnectAsync();
        await UntilAsync(async () => await CountAsync(client, key) == 0);
    }

    /// <summary>Returns the number of channels and patterns with subscribers.</summary>
    private static async Task<int> CountAsync(ConnectionMultiplexer client, string key)
    {
        var server = client.GetServers().Single();
        var channels = await server.SubscriptionChannelsAsync(RedisChannel.Pattern($"{key}*"));
        var sharded = (RedisResult[])(await server.ExecuteAsync("PUBSUB", "SHARDCHANNELS", $"{key}*"))!;
        return channels.Length + sharded.Length + (int)await server.SubscriptionPatternCountAsync();
    }

    private static RedisNodeOptions Options(string mode, string key) => mode switch
    {
        "Pattern" => new RedisAdapterOptions { Key = key },
        "PatternAndLegacyEmitters" => new RedisAdapterOptions { Key = key, LegacyEmitters = true },
        "PerRoom" => new RedisAdapterOptions { Key = key, SubscriptionMode = RedisSubscriptionMode.PerRoom },
        _ => new ShardedRedisAdapterOptions { ChannelPrefix = key, SubscriptionMode = Enum.Parse<ShardedSubscriptionMode>(mode) },
    };

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.InRange(waited.Elapsed, TimeSpan.Zero, Patience);
            await Task.Yield();
        }
    }

    private async Task<RedisAdapterFactory> OpenAsync(string mode, string key, RecordingLogger log)
    {
        var configuration = ConfigurationOptions.Parse(redis.Configuration);
        var factory = RedisAdapterFactory.Open(configuration, Options(mode, key), log, TimeProvider.System);
        await UntilAsync(() => Task.FromResult(factory.Health.IsConnected));
        return factory;
    }
}
