using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Benchmarks;

/// <summary>
/// One event of a client, from its JSON to its acknowledgement as JSON, with a handler and a scoped service created for it; and the same
/// invocation of a SignalR hub, over a connection in memory.
/// </summary>
[MemoryDiagnoser]
public class HandlerBenchmarks
{
    private byte[] _packet = [];
    private byte[] _invocation = [];

    private readonly NamespaceHandlers _handlers = new();
    private readonly Pipe _toHub = new();
    private readonly Pipe _fromHub = new();
    private JsonPacketFormat _packets = null!;
    private IPacketReader _reader = null!;
    private SocketHandlerRunner _runner = null!;

    /// <summary>Gets or sets a value indicating whether the handler awaits work that completes later.</summary>
    [Params(false, true)]
    public bool Suspends { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _packet = Encoding.UTF8.GetBytes($"""27["{(Suspends ? "sayLater" : "say")}","lobby","hello, everyone"]""");
        _invocation = Encoding.UTF8.GetBytes(
            $$"""{"type":1,"invocationId":"7","target":"{{(Suspends ? "SayLater" : "Say")}}","arguments":["lobby","hello, everyone"]}"""
            + "\u001e");
        var services = new ServiceCollection().AddLogging().AddMetrics().AddScoped<BenchUnit>();
        services.AddSignalR();
        new SocketIOBuilder(services).AddHandler<BenchHandler>();
        var provider = services.BuildServiceProvider();
        var meters = provider.GetRequiredService<IMeterFactory>();
        var gate = new LogGate(TimeProvider.System);
        var time = TimeProvider.System;
        _runner = new SocketHandlerRunner(
            new EngineMetrics(meters, time), new SocketIOMetrics(meters), NullLogger.Instance, gate, time,
            new SocketAuthorization(provider.GetRequiredService<IServiceScopeFactory>()));
        _packets = new JsonPacketFormat(10);
        _reader = _packets.CreateReader(Limits.Default);
        var description = provider.GetRequiredService<HandlerRegistration>().Handler;
        var serverEvents = new ServerEventHandlers("/", NullLogger.Instance, gate, time);
        IEmitterSource recorder = new SocketEventsRecorder();
        var ns = new HandlerNamespace(
            "/", false, recorder, recorder.SinkOf("/"), provider.GetRequiredService<IServiceScopeFactory>(), _runner, serverEvents.Runner);
        description.Bind(description.Contracts, ns, HandlerLifetime.Event, _handlers, serverEvents);

        var connection = new DefaultConnectionContext(
            "1", new Duplex(_toHub.Reader, _fromHub.Writer), new Duplex(_fromHub.Reader, _toHub.Writer));
        _ = provider.GetRequiredService<HubConnectionHandler<BenchHub>>().OnConnectedAsync(connection);
        await _toHub.Writer.WriteAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray()).ConfigureAwait(false);
        await ReadRecordAsync().ConfigureAwait(false);
    }

    [Benchmark(Description = "SignalR hub invocation", Baseline = true)]
    public async Task<long> HubAsync()
    {
        await _toHub.Writer.WriteAsync(_invocation).ConfigureAwait(false);
        return await ReadRecordAsync().ConfigureAwait(false);
    }

    [Benchmark(Description = "typed handler")]
    public async Task<int> HandlerAsync()
    {
        var packet = _reader.Text(_packet)!.Value;
        EventHeader.TryRead(packet.Body.Span, out var header);
        var name = header.NameText;
        var incoming = new IncomingEvent(name, SocketArguments.OfEvent(packet.Body), expectsAck: true, CancellationToken.None);
        var ack = await _runner.HandleAsync(_handlers.Events.Of(name), incoming).ConfigureAwait(false);
        return _packets.Ack("/", packet.Id!.Value, ack).WebSocket.Length;
    }

    private async Task<long> ReadRecordAsync()
    {
        while (true)
        {
            var read = await _fromHub.Reader.ReadAsync().ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)0x1e) is { } end)
            {
                var record = read.Buffer.Slice(0, end);
                var length = record.Length;

                // The server sends pings as well, in records of their own.
                _fromHub.Reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                if (length != "{\"type\":6}".Length) return length;
                continue;
            }

            _fromHub.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}

/// <summary>A scoped service, such as a database context.</summary>
public sealed class BenchUnit : IDisposable
{
    public int Length(string text) => text.Length;

    public void Dispose()
    {
    }
}

/// <summary>The events that clients of the benchmark send.</summary>
[SocketCommands]
public interface IBenchCommands
{
    Task<int> Say(string room, string text);

    Task<int> SayLater(string room, string text);
}

public sealed class BenchHandler(BenchUnit unit) : SocketHandler, IBenchCommands
{
    public Task<int> Say(string room, string text) => Task.FromResult(unit.Length(text));

    public async Task<int> SayLater(string room, string text)
    {
        await Task.Yield();
        return unit.Length(text);
    }
}

public sealed class BenchHub(BenchUnit unit) : Hub
{
    public Task<int> Say(string room, string text) => Task.FromResult(unit.Length(text));

    public async Task<int> SayLater(string room, string text)
    {
        await Task.Yield();
        return unit.Length(text);
    }
}
