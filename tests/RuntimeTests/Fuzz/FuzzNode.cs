using System.Diagnostics.Metrics;
using MessagePack;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A server with three clients and pending requests of every kind that reports unexpected results.</summary>
internal sealed class FuzzNode : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private const int Moments = 60;

    private readonly FuzzReport _report;
    private readonly FuzzBus _bus;
    private readonly RedisMetrics _metrics = new();
    private readonly MeterListener _listener = new();
    private readonly LocalAdapter _local;
    private readonly RedisAdapter _adapter;
    private readonly FuzzSocket[] _sockets;
    private readonly FuzzNeighbor _neighbor;
    private readonly FuzzSequence _servers;
    private readonly SemaphoreSlim _ended = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _waiting;
    private int _next;

    /// <param name="report">The report of the run.</param>
    /// <param name="options">The options of the adapter.</param>
    /// <param name="trick">The change made to some of the valid events.</param>
    /// <param name="tricked">The kind of events to change.</param>
    public FuzzNode(FuzzReport report, RedisNodeOptions options, FuzzTrick trick, FuzzValid tricked)
    {
        _report = report;
        _bus = new FuzzBus(report, options is ShardedRedisAdapterOptions);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            var isDropped = instrument.Name.EndsWith("dropped", StringComparison.Ordinal);
            if (instrument.Meter == _metrics.Meter && isDropped) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => report.Dropped((string)tags[0].Value!));
        _listener.Start();

        var loggers = new FaultLogger(report);
        _local = new LocalAdapterFactory(loggers, TimeProvider.System).CreateLocal("/", JsonPacketFormat.Default);
        _adapter = new RedisAdapter(_local, _bus, options, _metrics, loggers, new LogGate(TimeProvider.System)).Start();
        _neighbor = new FuzzNeighbor(options, (channel, message) => Receive(((byte[]?)channel)!, message), trick, tricked);
        _sockets = [.. Enumerable.Range(0, 3).Select(_ => new FuzzSocket(report, $"42[\"{FuzzNeighbor.Valid}\","))];
        string[][] rooms = [[], ["room1", FuzzNeighbor.Room], ["room1", "room2", FuzzNeighbor.Room]];
        for (var i = 0; i < rooms.Length; i++) _local.Rooms.Join(_sockets[i].Membership, [_sockets[i].Id.ToString(), .. rooms[i]]);
        foreach (var name in FuzzSample.ServerEvents) _local.ServerEvents.On(name, EchoAsync);
        _servers = new FuzzSequence(report, "The server");
        _local.ServerEvents.On(FuzzNeighbor.Valid, ReceiveAsync);
        _waiting = Ask();
    }

    /// <summary>Gets the ids of the pending requests.</summary>
    public IReadOnlyList<string> RequestIds { get; private set; } = [];

    /// <summary>Gets the channel of responses to this node, for the sharded adapter.</summary>
    public byte[] ResponseChannel => (byte[])RedisChannel.Sharded($"socket.io#/#{_adapter.Uid}#")!;

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _bus.Receive(channel, message);

    /// <summary>Receives the next valid event of another node, in turn to all clients, a room, all others and the servers.</summary>
    public void ReceiveValid()
    {
        var kind = (FuzzValid)(_next % Enum.GetValues<FuzzValid>().Length);
        for (var i = 0; i < _sockets.Length; i++)
        {
            if (kind == FuzzValid.Everyone || kind == (i > 0 ? FuzzValid.Room : FuzzValid.Others)) _sockets[i].Valid.Expect(_next);
        }

        if (kind == FuzzValid.Servers) _servers.Expect(_next);
        _neighbor.Send(kind, _next);
        _report.Valid++;
        _next++;
    }

    /// <summary>Completes all pending operations and checks that every valid event was received.</summary>
    public async Task SettleAsync()
    {
        // The backlog may be full, which drops the request; then it is sent again.
        if (!await RetriedAsync(_neighbor.RequestSockets, _bus.IsRespondedAsync)) _report.Fault("A request got no response.");
        if (!await RetriedAsync(_neighbor.SendEnd, timeout => _ended.WaitAsync(timeout))) _report.Fault("A server event was not handled.");
        _servers.End();
        foreach (var socket in _sockets)
        {
            socket.Valid.End();
            socket.ReceiveAll();
        }

        await FetchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_waiting);
        }
        catch (OperationCanceledException)
        {
            // Requests without all responses are canceled.
        }

        await _adapter.DisposeAsync();
        await _bus.DisposeAsync();
        await _neighbor.DisposeAsync();
        _listener.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
        _ended.Dispose();
    }

    private static async Task<bool> RetriedAsync(Action attempt, Func<TimeSpan, Task<bool>> succeeded)
    {
        for (var moment = 0; moment < Moments; moment++)
        {
            attempt();
            if (await succeeded(Moment)) return true;
        }

        return false;
    }

    /// <summary>Reads all arguments of an event and returns them as the ack.</summary>
    private static Task<SocketArguments> EchoAsync(SocketArguments arguments)
    {
        for (var i = 0; i < arguments.Count; i++) _ = arguments[i].ToJson();
        return Task.FromResult(arguments);
    }

    private Task ReceiveAsync(SocketArguments arguments)
    {
        var number = (int)arguments[0].GetInt64();
        if (number == FuzzNeighbor.End) _ended.Release();
        else _servers.Receive(number);
        return Task.CompletedTask;
    }

    /// <summary>Starts one request of each kind to the other nodes.</summary>
    private Task[] Ask()
    {
        Task[] waiting = [];
        RequestIds = _bus.RequestIdsOf(() =>
        {
            var clients = new AckCollector<object?>(static (ref reader, _) => Skipped(ref reader), _stop.Token);
            var servers = new AckCollector<object?>(static (ref reader, _) => Skipped(ref reader), _stop.Token) { IsOfServers = true };
            waiting = [_adapter.FetchSocketsAsync(BroadcastOptions.Everyone, _stop.Token), _adapter.AllRoomsAsync(_stop.Token),
                clients.ResultAsync(), servers.ResultAsync()];
            var target = BroadcastOptions.Everyone with { Rooms = ["empty"], Timeout = Long };
            _adapter.SendWithAck(FuzzNeighbor.Numbered(-1, "question"), target, clients);
            _adapter.Servers.SendWithAck(FuzzNeighbor.Numbered(-1, "question"), Long, servers);
        });
        if (RequestIds.Count != 4) _report.Fault($"{RequestIds.Count} requests were published instead of 4.");
        return waiting;
    }

    /// <summary>Fetches the sockets of this node and another one with a valid response.</summary>
    private async Task FetchAsync()
    {
        Task<FetchedSockets> fetching = null!;
        _bus.Nodes = 2;
        var ids = _bus.RequestIdsOf(() => fetching = _adapter.FetchSocketsAsync(BroadcastOptions.Everyone, _stop.Token));
        _bus.Nodes = 10_000;
        try
        {
            _neighbor.RespondWithSockets(_adapter.Uid.ToString(), ids.Single());
            var fetched = await fetching.WaitAsync(Moment * Moments);
            if (fetched.Count == _sockets.Length + 1 && fetched[^1].Id == _neighbor.Socket) _report.Fetched++;
            else _report.Fault($"{fetched.Count} sockets were fetched instead of the existing ones.");
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            _report.Fault($"Sockets were not fetched: {exception.Message}");
        }
    }

    private static object? Skipped(ref MessagePackReader reader)
    {
        reader.Skip();
        return null;
    }

    /// <summary>A logger that reports each logged exception as a fault.</summary>
    private sealed class FaultLogger(FuzzReport report) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter)
        {
            if (exception is not null) report.Fault($"{formatter(state, exception)} {exception}");
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
