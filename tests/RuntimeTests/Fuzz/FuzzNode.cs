using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using MessagePack;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>One server with three clients that waits for answers of every kind, and tells when it is out of step.</summary>
internal sealed class FuzzNode : IAsyncDisposable
{
    private const string RequestChannel = "socket.io-request#/#";
    private const string Valid = "valid, and in its place";

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
    private readonly ClassicCodec _neighbour = new(NodeId.Create(), "/", EnvelopeOrder.Adapter);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _waiting;
    private int _next;

    public FuzzNode(FuzzReport report, RedisAdapterOptions options)
    {
        _report = report;
        _bus = new FuzzBus(report);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _metrics.Meter && instrument.Name.EndsWith("dropped", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => report.Dropped((string)tags[0].Value!));
        _listener.Start();

        var loggers = new FaultLogger(report);
        _local = new LocalAdapterFactory(loggers, TimeProvider.System).CreateLocal("/", JsonPackets.Default);
        _adapter = new RedisAdapter(_local, _bus, options, _metrics, loggers, new LogGate(TimeProvider.System));
        _sockets = [.. Enumerable.Range(0, 3).Select(_ => new FuzzSocket(report, $"42[\"{Valid}\","))];
        string[][] rooms = [[], ["room1"], ["room1", "room2"]];
        for (var i = 0; i < rooms.Length; i++) _local.Rooms.Join(_sockets[i].Membership, [_sockets[i].Id.ToString(), .. rooms[i]]);
        foreach (var name in FuzzSample.ServerEvents) _local.ServerEvents.On(name, EchoAsync);
        _waiting = Ask();
    }

    /// <summary>The ids of the requests that wait for answers.</summary>
    public IReadOnlyList<string> Asked { get; private set; } = [];

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _bus.Receive(channel, message);

    /// <summary>Another node sends its next valid event to everybody.</summary>
    public void ReceiveValid()
    {
        Receive("socket.io#/#"u8, _neighbour.Write(Numbered(_next), BroadcastOptions.Everyone));
        _next++;
    }

    /// <summary>Has everything finished that was begun, and looks whether every valid event arrived.</summary>
    public void Settle()
    {
        var isAnswered = false;
        for (var moment = 0; moment < Moments && !isAnswered; moment++)
        {
            // A flood may fill what waits; then the question is asked again.
            Receive(Encoding.UTF8.GetBytes(RequestChannel), Encoding.UTF8.GetBytes($$"""{"uid":"t","requestId":"{{FuzzBus.Still}}","type":1}"""));
            isAnswered = _bus.IsAnswered(Moment);
        }

        if (!isAnswered) _report.Fault("A question was not answered any more.");
        foreach (var socket in _sockets)
        {
            if (socket.Next != _next) _report.Fault($"A client has seen {socket.Next} of {_next} valid events.");
            socket.AnswerAll();
        }
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

        _report.Ordered += _next;
        await _adapter.DisposeAsync();
        _listener.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    private static EventData Numbered(int number)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write(Valid);
        writer.Write(number);
        writer.Flush();
        return new EventData(buffer.WrittenMemory);
    }

    /// <summary>Reads all an event says, and gives it back.</summary>
    private static Task<EventArguments> EchoAsync(EventArguments arguments)
    {
        for (var i = 0; i < arguments.Count; i++) _ = arguments[i].ToJson();
        return Task.FromResult(arguments);
    }

    /// <summary>Asks the other nodes everything there is to ask.</summary>
    private Task[] Ask()
    {
        _bus.Asked = [];
        Task[] waiting = [_adapter.FetchSocketsAsync(BroadcastOptions.Everyone, _stop.Token), _adapter.AllRoomsAsync(_stop.Token)];
        var clients = new AckCollector<object?>(static (ref reader, _) => Skipped(ref reader), _stop.Token);
        _adapter.Ask(Numbered(-1), BroadcastOptions.Everyone with { Rooms = ["nobody here"], Timeout = Long }, clients);
        var servers = new AckCollector<object?>(static (ref reader, _) => Skipped(ref reader), _stop.Token) { IsOfServers = true };
        _adapter.Servers.Ask(Numbered(-1), Long, servers);
        Asked = [.. _bus.Asked];
        if (Asked.Count != 4) _report.Fault($"{Asked.Count} requests were published instead of 4.");
        _bus.Asked = null;
        return [.. waiting, clients.ResultAsync(), servers.ResultAsync()];
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
