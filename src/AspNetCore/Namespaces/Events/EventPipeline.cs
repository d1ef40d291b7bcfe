using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The filters of the events, connections and disconnections of a namespace.</summary>
/// <param name="scopes">The factory of the service scopes in which filters are created.</param>
/// <param name="filters">The filters, at least one, in the order in which they were added.</param>
/// <param name="events">The attributes of the handlers of events, by name.</param>
internal sealed class EventPipeline(
    IServiceScopeFactory scopes,
    ImmutableArray<FilterRegistration> filters,
    IReadOnlyDictionary<string, IReadOnlyList<object>> events)
{
    private const string Filter = "filter";

    /// <summary>Runs the filters and handlers of an event; never throws.</summary>
    /// <param name="runner">The runner of the handlers.</param>
    /// <param name="handlers">The handlers, at least one.</param>
    /// <param name="incoming">The event.</param>
    /// <returns>The acknowledgement, as <see cref="HandlerRunner.HandleAsync(ImmutableArray{IncomingEventHandler}, IncomingEvent)"/>
    /// returns it.</returns>
    public ValueTask<ReadOnlyMemory<byte>> HandleAsync(
        SocketHandlerRunner runner, ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming) =>
        runner.HandleAsync(Filter, incoming.Name, sent => FilterAsync(runner, handlers, sent), incoming);

    /// <summary>Runs the filters and handlers of a connection; never throws.</summary>
    /// <param name="runner">The runner of the handlers.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="handlers">The handlers.</param>
    public async Task ConnectedAsync(SocketHandlerRunner runner, ServerSocket socket, ImmutableArray<Func<ISocket, Task>> handlers)
    {
        using var logScope = runner.BeginScope(socket.Id, socket.Path);
        await runner.NotifyAsync(
            async connected =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await new FilterChain(filters, scope.ServiceProvider).ConnectedAsync(connected, _ => RunAllAsync(
                    runner, socket, handlers.Select(handler =>
                        (nameof(ISocketNamespace<AnyEvents>.OnConnected), new Func<Task>(() => handler(connected))))))
                    .ConfigureAwait(false);
            },
            (ISocket)socket,
            new HandlerCall(socket, Filter)).ConfigureAwait(false);
    }

    /// <summary>Runs the filters and handlers of a disconnection; never throws.</summary>
    /// <param name="runner">The runner of the handlers.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="info">The reason.</param>
    /// <param name="handlers">The handlers with their members; each runs when the sequence moves to it.</param>
    public async Task DisconnectedAsync(
        SocketHandlerRunner runner, ServerSocket socket, DisconnectInfo info,
        Func<DisconnectInfo, IEnumerable<(string Member, Func<Task> Run)>> handlers)
    {
        using var logScope = runner.BeginScope(socket.Id, socket.Path);
        await runner.NotifyAsync(
            async reason =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await new FilterChain(filters, scope.ServiceProvider)
                    .DisconnectedAsync(socket, reason, (_, passed) => RunAllAsync(runner, socket, handlers(passed))).ConfigureAwait(false);
            },
            info,
            new HandlerCall(socket, Filter)).ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<byte>> FilterAsync(
        SocketHandlerRunner runner, ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new SocketEventContext(
            (ISocket)incoming.Sender!, incoming.Name, incoming.Arguments, scope.ServiceProvider, events.GetValueOrDefault(incoming.Name));
        var result = await new FilterChain(filters, scope.ServiceProvider)
            .EventAsync(context, _ => RunAsync(runner, handlers, incoming.In(context.Services))).ConfigureAwait(false);
        return result.ToArray();
    }

    /// <summary>Runs handlers one after the other; throws the first exception when all have run.</summary>
    private static async Task RunAllAsync(
        SocketHandlerRunner runner, ServerSocket socket, IEnumerable<(string Member, Func<Task> Run)> handlers)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var (member, run) in handlers)
        {
            try
            {
                await run().ConfigureAwait(false);
            }
            catch (Exception exception) when (first is null)
            {
                first = ExceptionDispatchInfo.Capture(exception);
            }
            catch (Exception exception)
            {
                runner.Report(new HandlerCall(socket, member), exception);
            }
        }

        first?.Throw();
    }

    /// <summary>Runs the handlers of an event one after the other; the first result or exception counts, as without filters.</summary>
    private static async ValueTask<SocketArguments> RunAsync(
        SocketHandlerRunner runner, ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming)
    {
        var ack = ReadOnlyMemory<byte>.Empty;
        ExceptionDispatchInfo? first = null;
        foreach (var handler in handlers)
        {
            if (first is not null || !ack.IsEmpty)
            {
                await runner.HandleAsync([handler], incoming).ConfigureAwait(false);
                continue;
            }

            try
            {
                ack = await handler(incoming).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                first = ExceptionDispatchInfo.Capture(exception);
            }
        }

        first?.Throw();
        return ack.IsEmpty ? default : SocketArguments.OfArray(ack);
    }
}
