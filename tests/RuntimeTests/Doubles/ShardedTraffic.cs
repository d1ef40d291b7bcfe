using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Two nodes on the same sharded channels, one of which sends continuously, with the losses and gaps of the other one.</summary>
internal sealed class ShardedTraffic : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    private readonly StackExchangeRedisBus _sender;
    private readonly IBusSubscription _senderSubscription;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly string[] _channels;
    private readonly int[] _sent;
    private readonly List<(int Number, long At)>[] _received;
    private readonly TimeProvider _time = TimeProvider.System;
    private Task _sending = Task.CompletedTask;

    private ShardedTraffic(string configuration, string[] channels, RecordingLogger log)
    {
        _channels = channels;
        _sent = new int[channels.Length];
        _received = [.. channels.Select(_ => new List<(int, long)>())];
        (Log, Receiver, _sender) = (log, CreateBus(configuration, log), CreateBus(configuration, new RecordingLogger()));
        _senderSubscription = _sender.Subscribe(RedisChannel.Sharded($"probe-{Guid.NewGuid():N}#"), (_, _) => { });
        Set = Receiver.Subscribe(RedisChannel.Sharded($"probe-{Guid.NewGuid():N}#"), Received);
    }

    public StackExchangeRedisBus Receiver { get; }

    public IBusSubscription Set { get; }

    public RecordingLogger Log { get; }

    /// <summary>Returns a bus like that of the sharded adapter.</summary>
    public static StackExchangeRedisBus CreateBus(string configuration, ILogger log)
    {
        var metrics = new RedisMetrics();
        var connection = RedisConnection.Open(ConfigurationOptions.Parse(configuration + ",connectTimeout=1000"), new ShardedTopology(),
            BusTimings.Default with { ProbeInterval = TimeSpan.FromSeconds(2) }, metrics, log);
        return new StackExchangeRedisBus(connection, metrics, log).Start();
    }

    /// <summary>Starts both nodes and completes when messages of every channel are received.</summary>
    public static async Task<ShardedTraffic> StartAsync(string configuration, params string[] channels)
    {
        var traffic = new ShardedTraffic(configuration, channels, new RecordingLogger());
        foreach (var channel in channels)
        {
            await UntilAsync(() => traffic.Set.AddAsync(RedisChannel.Sharded(channel)));
            await UntilAsync(() => traffic._senderSubscription.AddAsync(RedisChannel.Sharded(channel)));
        }

        traffic._sending = Task.Run(traffic.SendAsync, TestContext.Current.CancellationToken);
        await traffic.AllReceivedAsync();
        await UntilAsync(() => Task.FromResult(traffic.Receiver.Health.Unhealthy == 0));
        return traffic;
    }

    /// <summary>Completes when messages of every channel have been received that were sent after the call.</summary>
    public async Task AllReceivedAsync()
    {
        int[] sent;
        lock (_gate) sent = [.. _sent];
        await UntilAsync(() =>
        {
            lock (_gate)
                return Task.FromResult(_received.Zip(sent).All(pair => pair.First.Count > 1 && pair.First[^1].Number > pair.Second + 1));
        });
    }

    /// <summary>Completes when the subscriptions of the receiver are healthy.</summary>
    public Task VerifiedAsync() => UntilAsync(() => Task.FromResult(Receiver.Health is { Unhealthy: 0, IsConnected: true }));

    /// <summary>Returns the counts of sent, lost and repeated messages of a channel, their order, and the longest gap.</summary>
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

    /// <summary>Removes the messages received so far.</summary>
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
        await _sending;
        await Set.DisposeAsync();
        await _senderSubscription.DisposeAsync();
        await Receiver.DisposeAsync();
        await _sender.DisposeAsync();
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

    private async Task SendAsync()
    {
        using var pause = new PeriodicTimer(Every);
        while (!_stop.IsCancellationRequested)
        {
            for (var i = 0; i < _channels.Length; i++)
            {
                var message = new byte[4];
                lock (_gate) BinaryPrimitives.WriteInt32BigEndian(message, ++_sent[i]);
                _sender.Publish(RedisChannel.Sharded(_channels[i]), message);
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
