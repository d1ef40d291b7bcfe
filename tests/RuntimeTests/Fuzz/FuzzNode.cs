using System.Diagnostics.Metrics;
using MessagePack;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>One server with three clients that waits for answers of every kind, and tells when it is out of step.</summary>
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
    private readonly FuzzNeighbour _neighbour;
    private readonly FuzzSequence _servers;
    private readonly SemaphoreSlim _ended = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _waiting;
    private int _next;

    /// <param name="report">Told what happens.</param>
    /// <param name="options">Those of the adapter.</param>
    /// <param name="trick">What is done to some of the valid events.</param>
    /// <param name="tricked">To which.</param>
    public FuzzNode(FuzzReport report, RedisNodeOptions options, FuzzTrick trick, FuzzValid tricked)
    {
        _report = report;
        _bus = new FuzzBus(report, options.IsSharded);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _metrics.Meter && instrument.Name.EndsWith("dropped", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => report.Dropped((string)tags[0].Value!));
        _listener.Start();

        var loggers = new FaultLogger(report);
        _local = new LocalAdapterFactory(loggers, TimeProvider.System).CreateLocal("/", JsonPackets.Default);
        _adapter = new RedisAdapter(_local, _bus, options, _metrics, loggers, new LogGate(TimeProvider.System));
        _neighbour = new FuzzNeighbour(options, (channel, message) => Receive(((byte[]?)channel)!, message), trick, tricked);
        _sockets = [.. Enumerable.Range(0, 3).Select(_ => new FuzzSocket(report, $"42[\"{FuzzNeighbour.Valid}\","))];
        string[][] rooms = [[], ["room1", FuzzNeighbour.Room], ["room1", "room2", FuzzNeighbour.Room]];
        for (var i = 0; i < rooms.Length; i++) _local.Rooms.Join(_sockets[i].Membership, [_sockets[i].Id.ToString(), .. rooms[i]]);
        foreach (var name in FuzzSample.ServerEvents) _local.ServerEvents.On(name, EchoAsync);
        _servers = new FuzzSequence(report, "The server");
        _local.ServerEvents.On(FuzzNeighbour.Valid, ReceiveAsync);
        _waiting = Ask();
    }

    /// <summary>The ids of the requests that wait for answers.</summary>
    public IReadOnlyList<string> RequestIds { get; private set; } = [];

    /// <summary>Where answers to it alone go, if it is sharded.</summary>
    public byte[] Answers => (byte[])RedisChannel.Sharded($"socket.io#/#{_adapter.Uid}#")!;

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _bus.Receive(channel, message);

    /// <summary>Another node sends its next valid event: to everybody, to a room, to all others, to the servers, in turn.</summary>
    public void ReceiveValid()
    {
        var kind = (FuzzValid)(_next % Enum.GetValues<FuzzValid>().Length);
        for (var i = 0; i < _sockets.Length; i++)
        {
            if (kind == FuzzValid.Everybody || kind == (i > 0 ? FuzzValid.Room : FuzzValid.Others)) _sockets[i].Valid.Expect(_next);
        }

        if (kind == FuzzValid.Servers) _servers.Expect(_next);
        _neighbour.Say(kind, _next);
        _report.Valid++;
        _next++;
    }

    /// <summary>Has everything finished that was begun, and looks whether every valid event arrived.</summary>
    public async Task SettleAsync()
    {
        // A flood may fill what waits; then the question is ids again.
        if (!await RetriedAsync(_neighbour.AskStill, _bus.IsAnsweredAsync)) _report.Fault("A question was not answered any more.");
        if (!await RetriedAsync(_neighbour.SayEnd, timeout => _ended.WaitAsync(timeout))) _report.Fault("An event between servers was not handled any more.");
        _servers.End();
        foreach (var socket in _sockets)
        {
            socket.Valid.End();
            socket.AnswerAll();
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
            // That is how they end unless everybody has answered.
        }

        await _adapter.DisposeAsync();
        await _bus.DisposeAsync();
        await _neighbour.DisposeAsync();
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

    /// <summary>Reads all an event says, and gives it back.</summary>
    private static Task<EventArguments> EchoAsync(EventArguments arguments)
    {
        for (var i = 0; i < arguments.Count; i++) _ = arguments[i].ToJson();
        return Task.FromResult(arguments);
    }

    private Task ReceiveAsync(EventArguments arguments)
    {
        var number = (int)arguments[0].GetInt64();
        if (number == FuzzNeighbour.End) _ended.Release();
        else _servers.Come(number);
        return Task.CompletedTask;
    }

    /// <summary>Asks the other nodes everything there is to ask.</summary>
    private Task[] Ask()
    {
        Task[] waiting = [];
        RequestIds = _bus.RequestIdsOf(() =>
        {
            var clients = new AckCollector<object?>(static (ref reader, _) => Skipped(ref reader), _stop.Token);
            var servers = new AckCollector<object?>(static (ref reader, _) => Skipped(ref reader), _stop.Token) { IsOfServers = true };
            waiting = [_adapter.FetchSocketsAsync(BroadcastOptions.Everyone, _stop.Token), _adapter.AllRoomsAsync(_stop.Token), clients.ResultAsync(), servers.ResultAsync()];
            _adapter.Ask(FuzzNeighbour.Numbered(-1, "question"), BroadcastOptions.Everyone with { Rooms = ["nobody here"], Timeout = Long }, clients);
            _adapter.Servers.Ask(FuzzNeighbour.Numbered(-1, "question"), Long, servers);
        });
        if (RequestIds.Count != 4) _report.Fault($"{RequestIds.Count} requests were published instead of 4.");
        return waiting;
    }

    /// <summary>Fetches the sockets of this node and another, whose answer is valid.</summary>
    private async Task FetchAsync()
    {
        Task<FetchedSockets> fetching = null!;
        _bus.Nodes = 2;
        var ids = _bus.RequestIdsOf(() => fetching = _adapter.FetchSocketsAsync(BroadcastOptions.Everyone, _stop.Token));
        _bus.Nodes = 10_000;
        try
        {
            _neighbour.AnswerSockets(_adapter.Uid.ToString(), ids.Single());
            var fetched = await fetching.WaitAsync(Moment * Moments);
            if (fetched.Count == _sockets.Length + 1 && fetched[^1].Id == _neighbour.Socket) _report.Fetched++;
            else _report.Fault($"{fetched.Count} sockets were fetched, and not those that there are.");
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            _report.Fault($"Sockets were not fetched any more: {exception.Message}");
        }
    }

    private static object? Skipped(ref MessagePackReader reader)
    {
        reader.Skip();
        return null;
    }

    /// <summary>Whoever has to report an exception has one that should not have been.</summary>
    private sealed class FaultLogger(FuzzReport report) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
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
