using System.Collections.Immutable;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>What is done about one event; the result is its acknowledgement, empty when the handler has none to give.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>> SocketEventHandler(ServerSocket socket, IncomingEvent incoming);

/// <summary>The handlers of a namespace's events, and how an event gets to them and its acknowledgement back.</summary>
/// <param name="path">The namespace.</param>
/// <param name="engine">Where failures are logged.</param>
/// <param name="metrics">Where they are counted.</param>
internal sealed class EventDispatch(string path, EngineServices engine, SocketIOMetrics metrics)
{
    private const string Failed = "The event could not be handled.";

    private static readonly byte[] NoArguments = [0x90];

    private ImmutableDictionary<string, ImmutableArray<SocketEventHandler>> _handlers =
        ImmutableDictionary.Create<string, ImmutableArray<SocketEventHandler>>(StringComparer.Ordinal);

    public void Add(string name, SocketEventHandler handler) =>
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, all) => all.Add(handler));

    /// <summary>Runs the handlers of an event, then acknowledges it if that was asked for.</summary>
    /// <remarks>The first result counts, an error as well; without one the acknowledgement has no arguments. An event nobody
    /// handles is not acknowledged.</remarks>
    public Task DispatchAsync(ServerSocket socket, ReadOnlyMemory<byte> data, ulong? id)
    {
        if (!EventHeader.TryRead(data.Span, out var header)) return Task.CompletedTask;
        var name = header.NameText;
        return _handlers.TryGetValue(name, out var handlers)
            ? RunAsync(socket, handlers, new IncomingEvent(name, EventArguments.OfEvent(data), id is not null, socket.Gone), id)
            : Task.CompletedTask;
    }

    private async Task RunAsync(ServerSocket socket, ImmutableArray<SocketEventHandler> handlers, IncomingEvent incoming, ulong? id)
    {
        ReadOnlyMemory<byte> answer = default;
        foreach (var handler in handlers)
        {
            var result = await RunAsync(socket, handler, incoming).ConfigureAwait(false);
            if (answer.IsEmpty) answer = result;
        }

        if (id is { } number) Acknowledge(socket, incoming.Name, number, answer.IsEmpty ? NoArguments : answer);
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(ServerSocket socket, SocketEventHandler handler, IncomingEvent incoming)
    {
        try
        {
            return await handler(socket, incoming).ConfigureAwait(false);
        }
        catch (SocketEventException exception)
        {
            return EventAnswer.Error(exception.Message);
        }
        catch (EventDataException exception) when (exception.Event.Length > 0)
        {
            metrics.Refused();
            if (engine.LogGate.TryEnter("event")) SocketIOLog.EventRefused(engine.Logger, path, exception.Message);
            return EventAnswer.Error(exception.Message);
        }
        catch (OperationCanceledException) when (incoming.CancellationToken.IsCancellationRequested)
        {
            // The client is gone and the handler stopped because of it: there is nobody to tell and nothing wrong.
            return default;
        }
        catch (Exception exception)
        {
            SocketIOLog.HandlerFailed(engine.Logger, incoming.Name, path, exception);
            return EventAnswer.Error(Failed);
        }
    }

    private void Acknowledge(ServerSocket socket, string name, ulong id, ReadOnlyMemory<byte> answer)
    {
        try
        {
            socket.Acknowledge(id, answer);
        }
        catch (ProtocolException exception)
        {
            SocketIOLog.HandlerFailed(engine.Logger, name, path, exception);
            socket.Acknowledge(id, EventAnswer.Error(Failed));
        }
    }
}
