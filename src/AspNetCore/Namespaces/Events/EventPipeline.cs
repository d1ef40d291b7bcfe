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
    /// <summary>The member that fails when a filter of a disconnection throws.</summary>
    public const string DisconnectedFilter = $"{nameof(ISocketFilter)}.{nameof(ISocketFilter.OnDisconnectedAsync)}";

    private const string EventFilter = $"{nameof(ISocketFilter)}.{nameof(ISocketFilter.OnEventAsync)}";
    private const string ConnectedFilter = $"{nameof(ISocketFilter)}.{nameof(ISocketFilter.OnConnectedAsync)}";

    /// <summary>Runs the filters and handlers of an event; never throws.</summary>
    /// <param name="runner">The runner of the handlers.</param>
    /// <param name="handlers">The handlers, at least one.</param>
    /// <param name="incoming">The event.</param>
    /// <returns>The acknowledgement, as <see cref="HandlerRunner.HandleAsync(ImmutableArray{IncomingEventHandler}, IncomingEvent)"/>
    /// returns it.</returns>
    public ValueTask<ReadOnlyMemory<byte>> HandleAsync(
        SocketHandlerRunner runner, ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming) =>
        runner.HandleAsync(EventFilter, incoming.Name, sent => FilterAsync(runner, handlers, sent), incoming);

    /// <summary>Runs the filters and handlers of a connection; never throws.</summary>
    /// <param name="runner">The runner of the handlers.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="handlers">The handlers.</param>
    public async Task ConnectedAsync(SocketHandlerRunner runner, ServerSocket socket, ImmutableArray<Func<ISocket, Task>> handlers)
    {
        using var logScope = runner.BeginScope(socket.Id, socket.Path);
        await NotifyAsync(
            runner,
            socket,
            ConnectedFilter,
            (chain, failed) => chain.ConnectedAsync(socket, _ => RunAllAsync(
                runner,
                socket,
                handlers.Select(handler => (nameof(ISocketNamespace<AnyEvents>.OnConnected), new Func<Task>(() => handler(socket)))),
                failed))).ConfigureAwait(false);
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
        await NotifyAsync(
            runner,
            socket,
            DisconnectedFilter,
            (chain, failed) => chain.DisconnectedAsync(
                socket, info, (_, passed) => RunAllAsync(runner, socket, handlers(passed), failed))).ConfigureAwait(false);
    }

    /// <summary>Runs filters and the handlers inside them; the exception of a handler is reported with the member of the handler.</summary>
    private async Task NotifyAsync(
        SocketHandlerRunner runner, ServerSocket socket, string member, Func<FilterChain, FailedHandler, Task> run)
    {
        var failed = new FailedHandler();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await run(new FilterChain(filters, scope.ServiceProvider), failed).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            EventTracing.Failed(exception);
            runner.Report(new HandlerCall(socket, failed.Threw(exception) ? failed.Member : member), exception);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> FilterAsync(
        SocketHandlerRunner runner, ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming)
    {
        var failed = new FailedHandler();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = new SocketEventContext(
                (ISocket)incoming.Sender!, incoming.Name, incoming.Arguments, scope.ServiceProvider,
                events.GetValueOrDefault(incoming.Name));
            var result = await new FilterChain(filters, scope.ServiceProvider)
                .EventAsync(context, _ => RunAsync(runner, handlers, incoming.In(context.Services), failed)).ConfigureAwait(false);
            return result.ToArray();
        }
        catch (Exception exception) when (failed.Threw(exception))
        {
            return await runner.HandleAsync([_ => ValueTask.FromException<ReadOnlyMemory<byte>>(exception)], incoming)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Runs handlers one after the other; throws the first exception when all have run.</summary>
    private static async Task RunAllAsync(
        SocketHandlerRunner runner, ServerSocket socket, IEnumerable<(string Member, Func<Task> Run)> handlers, FailedHandler failed)
    {
        foreach (var (member, run) in handlers)
        {
            try
            {
                await run().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                if (!failed.TrySet(member, exception)) runner.Report(new HandlerCall(socket, member), exception);
            }
        }

        failed.Rethrow();
    }

    /// <summary>Runs the handlers of an event one after the other; the first result or exception counts, as without filters.</summary>
    private static async ValueTask<SocketArguments> RunAsync(
        SocketHandlerRunner runner, ImmutableArray<IncomingEventHandler> handlers, IncomingEvent incoming, FailedHandler failed)
    {
        var ack = ReadOnlyMemory<byte>.Empty;
        foreach (var handler in handlers)
        {
            if (failed.IsSet || !ack.IsEmpty)
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
                failed.TrySet("", exception);
            }
        }

        failed.Rethrow();
        return ack.IsEmpty ? default : SocketArguments.OfArray(ack);
    }

    /// <summary>The first handler that failed; its exception passes through the filters, which can handle or replace it.</summary>
    private sealed class FailedHandler
    {
        private ExceptionDispatchInfo? _thrown;

        public string Member { get; private set; } = "";

        public bool IsSet => _thrown is not null;

        public bool TrySet(string member, Exception exception)
        {
            if (IsSet) return false;
            (Member, _thrown) = (member, ExceptionDispatchInfo.Capture(exception));
            return true;
        }

        public void Rethrow() => _thrown?.Throw();

        public bool Threw(Exception exception) => ReferenceEquals(exception, _thrown?.SourceException);
    }
}
