using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Nodes that continuously publish numbered messages on the same channels, with a check of the messages received.</summary>
internal sealed class FailoverTraffic : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    // The time that a message takes from one node to another on a busy machine.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    private readonly RedisClusterProcess _cluster;
    private readonly RedisChannel[] _channels;
    private readonly Node[] _nodes;
    private readonly CancellationTokenSource _stop = new();
    private Task _sending = Task.CompletedTask;

    private FailoverTraffic(RedisClusterProcess cluster, bool isSharded, int nodes, RedisChannel[] channels)
    {
        (_cluster, _channels) = (cluster, channels);
        _nodes = [.. Enumerable.Range(0, nodes).Select(i => new Node(cluster.Configuration, isSharded, i, nodes, channels))];
    }

    /// <summary>Starts the nodes and completes when each of them receives the messages of every channel.</summary>
    public static async Task<FailoverTraffic> StartAsync(RedisClusterProcess cluster, bool isSharded, int nodes, params string[] channels)
    {
        var traffic = new FailoverTraffic(
            cluster, isSharded, nodes, [.. channels.Select(name => isSharded ? RedisChannel.Sharded(name) : RedisChannel.Literal(name))]);
        foreach (var node in traffic._nodes)
        {
            if (!isSharded) _ = node.Set.AddAsync(node.Probe);
            foreach (var channel in traffic._channels) await ShardedTraffic.UntilAsync(() => node.Set.AddAsync(channel));
        }

        await traffic.CountedAsync();
        await traffic.VerifiedAsync();
        traffic._sending = Task.WhenAll(traffic._nodes.Select(
            node => Task.Run(() => node.SendAsync(traffic._channels, Every, traffic._stop.Token))));
        return traffic;
    }

    /// <summary>Completes when the running masters together count every node on every channel.</summary>
    public async Task CountedAsync()
    {
        string[] command = ["PUBSUB", _channels[0].IsSharded ? "SHARDNUMSUB" : "NUMSUB",
            .. _channels.Select(channel => channel.ToString())];
        await ShardedTraffic.UntilAsync(async () =>
        {
            var counts = new int[_channels.Length];
            foreach (var server in _cluster.Nodes.Where(server => server.IsRunning))
            {
                if (!(await RedisClusterControl.ExecuteAsync(server, "ROLE")).StartsWith("master", StringComparison.Ordinal)) continue;
                var reply = (await RedisClusterControl.ExecuteAsync(server, command)).Split('\n');
                for (var i = 0; i < counts.Length; i++) counts[i] += int.Parse(reply[(2 * i) + 1], CultureInfo.InvariantCulture);
            }

            return counts.All(count => count == _nodes.Length);
        });
    }

    /// <summary>Completes when no node publishes on any of the given servers.</summary>
    /// <remarks>A move changes the subscriptions first and the publishing connection last, and another move can follow.</remarks>
    public Task LeftAsync(IEnumerable<RedisServerProcess> servers)
    {
        var ports = servers.Select(server => server.Port).ToHashSet();
        return ShardedTraffic.UntilAsync(() => Task.FromResult(_nodes.All(node => !ports.Overlaps(node.Ports))));
    }

    /// <summary>Completes when the subscriptions of every node are healthy.</summary>
    public Task VerifiedAsync() => ShardedTraffic.UntilAsync(
        () => Task.FromResult(_nodes.All(node => node.Bus.Health is { Unhealthy: 0, IsConnected: true })));

    /// <summary>Completes when every node has received messages of each node on each channel that were sent after the call.</summary>
    public async Task ReceivedAsync()
    {
        var sent = _nodes.Select(node => node.Sent).ToArray();
        await ShardedTraffic.UntilAsync(() => Task.FromResult(_nodes.All(node => node.HasAfter(sent))));
    }

    /// <summary>Completes when each node has reported at least the given number of outages.</summary>
    public Task ReportedAsync(int outages) => ShardedTraffic.UntilAsync(
        () => Task.FromResult(_nodes.All(node => node.Log.Outages.Count >= outages)));

    /// <summary>Stops the messages and returns the totals of the check.</summary>
    public async Task<(int Sent, int Lost, int Twice, int OutOfOrder, int Unreported, double Longest)> CheckAsync()
    {
        await ReceivedAsync();
        await _stop.CancelAsync();
        await _sending;
        var totals = _nodes.Select(node => node.Check(_nodes, Latency)).ToArray();
        return (totals.Sum(one => one.Sent), totals.Sum(one => one.Lost), totals.Sum(one => one.Twice), totals.Sum(one => one.OutOfOrder),
            totals.Sum(one => one.Unreported),
            _nodes.SelectMany(node => node.Log.Outages).Select(outage => (outage.To - outage.From).TotalSeconds).DefaultIfEmpty().Max());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        foreach (var node in _nodes) await node.DisposeAsync();
        _stop.Dispose();
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private readonly int _id;
        private readonly byte[][] _names;
        private readonly List<TimeSpan>[] _sent;
        private readonly List<int>[,] _received;
        private readonly RedisMetrics _metrics = new();
        private readonly RedisConnection _connection;

        public Node(string configuration, bool isSharded, int id, int nodes, RedisChannel[] channels)
        {
            _id = id;
            _names = [.. channels.Select(channel => (byte[])channel!)];
            _sent = [.. channels.Select(_ => new List<TimeSpan>())];
            _received = new List<int>[nodes, channels.Length];
            for (var i = 0; i < nodes * channels.Length; i++) _received[i / channels.Length, i % channels.Length] = [];
            var options = ConfigurationOptions.Parse(configuration + ",connectTimeout=1000");
            BusTopology topology = isSharded ? new ShardedTopology() : new PinnedTopology();
            var timings = BusTimings.Default with { ProbeInterval = TimeSpan.FromSeconds(2) };
            _connection = RedisConnection.Open(options, topology, timings, _metrics, Log);
            Bus = new StackExchangeRedisBus(_connection, _metrics, Log).Start();
            var probe = $"probe-{Guid.NewGuid():N}#";
            Probe = isSharded ? RedisChannel.Sharded(probe) : RedisChannel.Literal(probe);
            Set = Bus.Subscribe(Probe, Received);
        }

        public OutageLog Log { get; } = new();

        public RedisChannel Probe { get; }

        public StackExchangeRedisBus Bus { get; }

        public IBusSubscription Set { get; }

        /// <summary>Gets the ports of the servers that the node publishes on.</summary>
        public IEnumerable<int> Ports =>
            _connection.Link?.Servers.Select(server => server.EndPoint).OfType<IPEndPoint>().Select(endpoint => endpoint.Port) ?? [];

        public int Sent
        {
            get { lock (_gate) return _sent.Min(one => one.Count); }
        }

        public async Task SendAsync(RedisChannel[] channels, TimeSpan every, CancellationToken stop)
        {
            using var pause = new PeriodicTimer(every);
            while (!stop.IsCancellationRequested)
            {
                for (var i = 0; i < channels.Length; i++)
                {
                    var message = new byte[5];
                    message[4] = (byte)_id;
                    lock (_gate)
                    {
                        BinaryPrimitives.WriteInt32BigEndian(message, _sent[i].Count);
                        _sent[i].Add(OutageLog.Now);
                    }

                    Bus.Publish(channels[i], message);
                }

                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
        }

        public bool HasAfter(int[] sent)
        {
            lock (_gate)
            {
                for (var sender = 0; sender < sent.Length; sender++)
                {
                    for (var i = 0; i < _names.Length; i++)
                    {
                        if (_received[sender, i] is not [.., var last] || last <= sent[sender]) return false;
                    }
                }
            }

            return true;
        }

        public (int Sent, int Lost, int Twice, int OutOfOrder, int Unreported) Check(Node[] senders, TimeSpan latency)
        {
            var (sent, lost, twice, late, unreported) = (0, 0, 0, 0, 0);
            lock (_gate)
            {
                foreach (var sender in senders)
                {
                    for (var i = 0; i < _names.Length; i++)
                    {
                        var received = _received[sender._id, i];
                        var known = received.ToHashSet();
                        var missing = Enumerable.Range(received[0], received.Max() - received[0]).Where(number => !known.Contains(number))
                            .ToArray();
                        sent += received.Max() - received[0] + 1;
                        lost += missing.Length;
                        twice += received.Count - known.Count;
                        late += received.Zip(received.Skip(1)).Count(pair => pair.Second < pair.First);
                        unreported += missing.Count(number => !Log.Outages.Any(
                            outage => sender._sent[i][number] >= outage.From - latency && sender._sent[i][number] <= outage.To));
                    }
                }
            }

            return (sent, lost, twice, late, unreported);
        }

        public async ValueTask DisposeAsync()
        {
            await Set.DisposeAsync();
            await Bus.DisposeAsync();
            _metrics.Dispose();
        }

        private void Received(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
        {
            for (var i = 0; i < _names.Length; i++)
            {
                if (!channel.SequenceEqual(_names[i])) continue;
                lock (_gate) _received[message.Span[4], i].Add(BinaryPrimitives.ReadInt32BigEndian(message.Span));
            }
        }
    }

    /// <summary>The outages that a node reported.</summary>
    public sealed class OutageLog : ILogger
    {
        private const int SubscriptionRecovered = 1211;

        private static readonly long Start = Stopwatch.GetTimestamp();

        private readonly Lock _gate = new();
        private readonly List<(TimeSpan From, TimeSpan To)> _outages = [];

        public static TimeSpan Now => Stopwatch.GetElapsedTime(Start);

        public IReadOnlyList<(TimeSpan From, TimeSpan To)> Outages
        {
            get { lock (_gate) return [.. _outages]; }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter)
        {
            if (eventId.Id != SubscriptionRecovered || state is not IReadOnlyList<KeyValuePair<string, object?>> values) return;
            var seconds = (double)values.Single(value => value.Key == "Seconds").Value!;
            lock (_gate) _outages.Add((Now - TimeSpan.FromSeconds(seconds), Now));
        }
    }
}
