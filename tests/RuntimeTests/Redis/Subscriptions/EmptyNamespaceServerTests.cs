using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Namespaces that were created on demand and have no clients. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class EmptyNamespaceServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("Pattern")]
    [InlineData("PerRoom")]
    [InlineData("Static")]
    [InlineData("Dynamic")]
    [InlineData("DynamicPrivate")]
    public async Task An_empty_namespace_is_not_probed_until_a_client_joins(string mode)
    {
        var key = $"test-{Guid.NewGuid():N}";
        var probes = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var observer = new TcpClient();
        await observer.ConnectAsync(IPAddress.Loopback, redis.Port, TestContext.Current.CancellationToken);
        var observing = ObserveAsync(observer.GetStream(), key, path => probes.AddOrUpdate(path, 1, static (_, count) => count + 1));
        await using var factory = RedisAdapterFactory.Open(
            ConfigurationOptions.Parse(redis.Configuration), Options(mode, key), NullLoggerFactory.Instance, TimeProvider.System);
        await using var busy = factory.Create("/busy", JsonPacketFormat.Default);
        await using var empty = factory.Create("/empty", JsonPacketFormat.Default);
        empty.PauseWhenEmpty();
        await UntilAsync(() => factory.Health.Unhealthy == 0);
        await UntilAsync(() => Count("/busy") > 2 && Count("/empty") > 0);

        // The first probe of the empty namespace may still be pending; after it only the other namespace is probed.
        var later = Count("/busy") + 3;
        await UntilAsync(() => Count("/busy") >= later);
        var before = Count("/empty");
        later = Count("/busy") + 6;
        await UntilAsync(() => Count("/busy") >= later);
        Assert.Equal(before, Count("/empty"));
        Assert.Equal(0, factory.Health.Unhealthy);

        await empty.JoinAsync(new RecordingSocket(), ["a"], TestContext.Current.CancellationToken);
        await UntilAsync(() => Count("/empty") > before);
        observer.Close();
        await observing;

        int Count(string path) => probes.GetValueOrDefault(path);
    }

    private static RedisNodeOptions Options(string mode, string key) => Enum.TryParse<ShardedSubscriptionMode>(mode, out var sharded)
        ? new ShardedRedisAdapterOptions { ChannelPrefix = key, SubscriptionMode = sharded, ProbeInterval = Interval }
        : new RedisAdapterOptions { Key = key, SubscriptionMode = Enum.Parse<RedisSubscriptionMode>(mode), ProbeInterval = Interval };

    /// <summary>Reports the path of each published message, sharded or not, until the stream is closed.</summary>
    private static async Task ObserveAsync(Stream redis, string key, Action<string> published)
    {
        await redis.WriteAsync("MONITOR\r\n"u8.ToArray());
        using var reader = new StreamReader(redis);
        try
        {
            while (await reader.ReadLineAsync() is { } command)
            {
                if (!command.Contains("PUBLISH", StringComparison.Ordinal) || !command.Contains(key, StringComparison.Ordinal)) continue;
                foreach (var path in new[] { "/busy", "/empty" })
                {
                    if (command.Contains($"#{path}#", StringComparison.Ordinal)) published(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The test closed the connection.
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
