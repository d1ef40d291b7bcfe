using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A Redis adapter with named sockets that receives messages on the caller's thread.</summary>
internal sealed class SingleNode : IAsyncDisposable
{
    private readonly List<(string Name, RecordingSocket Socket)> _sockets = [];
    private readonly List<string> _reasons = [];
    private readonly RedisMetrics _metrics = new();
    private readonly MeterListener _listener = new();
    private readonly LocalAdapter _local;
    private readonly RedisAdapter _adapter;

    public SingleNode(string path, params (string Name, string[] Rooms)[] sockets)
        : this(new RedisAdapterOptions(), path, sockets)
    {
    }

    public SingleNode(RedisNodeOptions options, string path, params (string Name, string[] Rooms)[] sockets)
        : this(options, path, TimeProvider.System, sockets)
    {
    }

    public SingleNode(RedisNodeOptions options, string path, TimeProvider time, params (string Name, string[] Rooms)[] sockets)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            var isDropped = instrument.Name.EndsWith("dropped", StringComparison.Ordinal);
            if (instrument.Meter == _metrics.Meter && isDropped) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (_reasons) _reasons.Add((string)tags[0].Value!);
        });
        _listener.Start();

        _local = new LocalAdapterFactory(NullLoggerFactory.Instance, time).CreateLocal(path, JsonPacketFormat.Default);
        _adapter = new RedisAdapter(_local, Bus, options, _metrics, Log, new LogGate(time)).Start();
        foreach (var (name, rooms) in sockets) Add(name, new RecordingSocket(), rooms);
    }

    public RecordingBus Bus { get; } = new();

    /// <summary>The log of the adapter.</summary>
    public RecordingLogger Log { get; } = new();

    public INamespaceAdapter Adapter => _adapter;

    /// <summary>Gets a copy of the drop reasons, in order.</summary>
    public IReadOnlyList<string> Reasons
    {
        get { lock (_reasons) return [.. _reasons]; }
    }

    /// <summary>Removes the drop reasons and reserves the capacity for a number of later ones, so that they allocate no memory.</summary>
    public void ForgetReasons(int capacity)
    {
        lock (_reasons)
        {
            _reasons.Clear();
            _reasons.EnsureCapacity(capacity);
        }
    }

    public ReadOnlySpan<byte> Uid => Encoding.UTF8.GetBytes(_adapter.Uid.ToString());

    public IEmitter<ITestEvents> Everyone => EveryoneOf<ITestEvents>();

    public IEmitter<TEvents> EveryoneOf<TEvents>()
        where TEvents : class => Emitters.Over<TEvents>(_adapter);

    public RecordingSocket this[string name] => _sockets.Single(one => one.Name == name).Socket;

    public void Add(string name, RecordingSocket socket, params string[] rooms)
    {
        _local.Rooms.Join(socket.Membership, [.. rooms]);
        _sockets.Add((name, socket));
    }

    public void Receive(string channel, ReadOnlyMemory<byte> message) => Bus.Receive(Encoding.UTF8.GetBytes(channel), message);

    /// <summary>Returns the names of the sockets that received packets, after a check of the packets of each.</summary>
    public string Receivers(Func<IReadOnlyList<string>, string> check) => string.Join(' ', _sockets
        .Where(one => one.Socket.Received.Count > 0)
        .Select(one => (one.Name, Packet: check(one.Socket.Received)))
        .Select(one => one.Name));

    public async ValueTask DisposeAsync()
    {
        await _adapter.DisposeAsync();
        _listener.Dispose();
        _metrics.Dispose();
    }
}
