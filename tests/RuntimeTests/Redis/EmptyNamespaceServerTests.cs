using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Namespaces made on demand that have no clients; needs redis-server.</summary>
public sealed class EmptyNamespaceServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task An_empty_namespace_is_probed_again_only_when_it_has_a_client(RedisSubscriptionMode mode)
    {
        var key = $"test-{Guid.NewGuid():N}";
        var probes = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var observer = await redis.ConnectAsync();
        await observer.GetSubscriber().SubscribeAsync(RedisChannel.Pattern($"{key}*"), (channel, _) =>
        {
            foreach (var path in new[] { "/busy", "/empty" })
            {
                if (channel.ToString().Contains(path, StringComparison.Ordinal)) probes.AddOrUpdate(path, 1, static (_, count) => count + 1);
            }
        });
        await using var factory = RedisAdapterFactory.Open(
            ConfigurationOptions.Parse(redis.Configuration),
            new RedisAdapterOptions { Key = key, SubscriptionMode = mode, ProbeInterval = TimeSpan.FromSeconds(1) },
            NullLoggerFactory.Instance,
            TimeProvider.System);
        await using var busy = factory.Create("/busy", JsonPackets.Default);
        await using var empty = factory.Create("/empty", JsonPackets.Default);
        empty.PauseWhenEmpty();
        await UntilAsync(() => factory.Health.NotHearing == 0);
        await UntilAsync(() => Count("/busy") > 2 && Count("/empty") > 0);

        // The first proof may still be under way; then the other one is probed, and this one is not.
        var later = Count("/busy") + 3;
        await UntilAsync(() => Count("/busy") >= later);
        var before = Count("/empty");
        later = Count("/busy") + 6;
        await UntilAsync(() => Count("/busy") >= later);
        Assert.Equal(before, Count("/empty"));
        Assert.Equal(0, factory.Health.NotHearing);

        await empty.JoinAsync(new RecordingSocket(), ["a"], TestContext.Current.CancellationToken);
        await UntilAsync(() => Count("/empty") > before);

        int Count(string path) => probes.GetValueOrDefault(path);
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
