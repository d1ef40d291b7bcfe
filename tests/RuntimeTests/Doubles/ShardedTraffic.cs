using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Two nodes on the same sharded channels, of which one says something on each of them all the time: what is lost for the other, and for how long.</summary>
internal sealed class ShardedTraffic : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    private readonly StackExchangeRedisBus _speaker;
    private readonly IBusSubscription _speakers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly string[] _channels;
    private readonly int[] _sent;
    private readonly List<(int Number, long At)>[] _received;
    private readonly TimeProvider _time = TimeProvider.System;
    private Task _speaking = Task.CompletedTask;

    private ShardedTraffic(string configuration, string[] channels, RecordingLogger log)
    {
        _channels = channels;
        _sent = new int[channels.Length];
        _received = [.. channels.Select(_ => new List<(int, long)>())];
        (Log, Listener, _speaker) = (log, CreateBus(configuration, log), CreateBus(configuration, new RecordingLogger()));
        _speakers = _speaker.Subscribe(RedisChannel.Sharded($"probe-{Guid.NewGuid():N}#"), (_, _) => { });
        Set = Listener.Subscribe(RedisChannel.Sharded($"probe-{Guid.NewGuid():N}#"), Received);
    }

    public StackExchangeRedisBus Listener { get; }

    public IBusSubscription Set { get; }

    public RecordingLogger Log { get; }

    /// <summary>A bus as the sharded adapter has it.</summary>
    public static StackExchangeRedisBus CreateBus(string configuration, ILogger log)
    {
        var metrics = new RedisMetrics();
        var connection = RedisConnection.Open(ConfigurationOptions.Parse(configuration + ",connectTimeout=1000"), metrics, log, isSharded: true);
        return new StackExchangeRedisBus(connection, metrics, TimeSpan.FromSeconds(2), TimeProvider.System, log);
    }

    /// <summary>Starts both, and completes when every channel is heard.</summary>
    public static async Task<ShardedTraffic> StartAsync(string configuration, params string[] channels)
    {
        var traffic = new ShardedTraffic(configuration, channels, new RecordingLogger());
        foreach (var channel in channels)
        {
            await UntilAsync(() => traffic.Set.AddAsync(RedisChannel.Sharded(channel)));
            await UntilAsync(() => traffic._speakers.AddAsync(RedisChannel.Sharded(channel)));
        }

        traffic._speaking = Task.Run(traffic.SpeakAsync, TestContext.Current.CancellationToken);
        await traffic.AllReceivedAsync();
        await UntilAsync(() => Task.FromResult(traffic.Listener.Health.Unhealthy == 0));
        return traffic;
    }

    /// <summary>Completes when every channel was heard again after the call.</summary>
    public async Task AllReceivedAsync()
    {
        int[] sent;
        lock (_gate) sent = [.. _sent];
        await UntilAsync(() =>
        {
            lock (_gate) return Task.FromResult(_received.Zip(sent).All(pair => pair.First.Count > 1 && pair.First[^1].Number > pair.Second + 1));
        });
    }

    /// <summary>Completes when the listener proved that it hears.</summary>
    public Task ProvenAsync() => UntilAsync(() => Task.FromResult(Listener.Health is { Unhealthy: 0, IsConnected: true }));

    /// <summary>What was lost of one channel's messages, what came twice, and the longest time between two.</summary>
    public (int Sent, int Lost, int Twice, bool InOrder, TimeSpan Longest) Of(string channel)
    {
        lock (_gate)
        {
            var i = Array.IndexOf(_channels, channel);
            var numbers = _received[i].Select(one => one.Number).ToArray();
            var longest = _received[i].Zip(_received[i].Skip(1)).Select(pair => _time.GetElapsedTime(pair.First.At, pair.Second.At)).Max();
            var lost = numbers[^1] - numbers[0] + 1 - numbers.Distinct().Count();
            return (_sent[i], lost, numbers.Length - numbers.Distinct().Count(), numbers.SequenceEqual(numbers.Order()), longest);
        }
    }

    /// <summary>Forgets what was heard.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            foreach (var received in _received) received.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _speaking;
        await Set.DisposeAsync();
        await _speakers.DisposeAsync();
        await Listener.DisposeAsync();
        await _speaker.DisposeAsync();
        _stop.Dispose();
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(Every);
        while (!await condition())
        {
            Assert.InRange(waited.Elapsed, TimeSpan.Zero, Patience);
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task SpeakAsync()
    {
        using var pause = new PeriodicTimer(Every);
        while (!_stop.IsCancellationRequested)
        {
            for (var i = 0; i < _channels.Length; i++)
            {
                var message = new byte[4];
                lock (_gate) BinaryPrimitives.WriteInt32BigEndian(message, ++_sent[i]);
                _speaker.Publish(RedisChannel.Sharded(_channels[i]), message);
            }

            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Received(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
    {
        var i = Array.IndexOf(_channels, Encoding.UTF8.GetString(channel));
        if (i < 0) return;
        lock (_gate) _received[i].Add((BinaryPrimitives.ReadInt32BigEndian(message.Span), _time.GetTimestamp()));
    }
}
