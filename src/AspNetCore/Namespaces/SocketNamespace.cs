using System.Collections.Concurrent;
using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One namespace of the server: who is in it on this node, and what is done about its events.</summary>
/// <remarks>Handlers are added when the application starts; one added later serves the events that come after it.</remarks>
public sealed class SocketNamespace
{
    private readonly ConcurrentDictionary<SocketId, ServerSocket> _sockets = new();
    private ImmutableArray<Func<ServerSocket, Task>> _connected = [];
    private ImmutableDictionary<string, ImmutableArray<Func<ServerSocket, EventArguments, Task>>> _handlers =
        ImmutableDictionary.Create<string, ImmutableArray<Func<ServerSocket, EventArguments, Task>>>(StringComparer.Ordinal);

    internal SocketNamespace(string path, SocketIOServer server, ISocketAdapter adapter)
    {
        Path = path;
        Server = server;
        Adapter = adapter;
    }

    /// <summary>The namespace's name with its leading slash; <c>/</c> is the main one.</summary>
    public string Path { get; }

    /// <summary>The sockets of this node that are in the namespace; a copy, in no order.</summary>
    public IReadOnlyCollection<ServerSocket> Sockets => [.. _sockets.Values];

    internal SocketIOServer Server { get; }

    internal ISocketAdapter Adapter { get; }

    /// <summary>Adds what is done for each client that joins the namespace.</summary>
    /// <param name="handler">Runs when the client has been told that it is connected, before any of its events is handled.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public SocketNamespace OnConnected(Func<ServerSocket, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ImmutableInterlocked.Update(ref _connected, static (all, added) => all.Add(added), handler);
        return this;
    }

    /// <summary>Adds what is done about an event, whatever its arguments are.</summary>
    /// <remarks>
    /// The handlers of one socket run one after the other; while one runs, up to 64 further events of that client wait, then
    /// its connection is not read on. An exception is logged and costs that event only. A client that asks for an
    /// acknowledgement does not get one in this version.
    /// </remarks>
    /// <param name="name">The event's name as the client sends it.</param>
    /// <param name="handler">Gets the socket and the event's arguments.</param>
    /// <returns>The namespace itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    public SocketNamespace On(string name, Func<ServerSocket, EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, all) => all.Add(handler));
        return this;
    }

    internal bool TryAdd(ServerSocket socket)
    {
        _sockets[socket.Id] = socket;

        // It may have ended before it was added; whoever comes second sees the other.
        if (socket.IsConnected) return true;
        Remove(socket);
        return false;
    }

    internal void Remove(ServerSocket socket)
    {
        _sockets.TryRemove(socket.Id, out _);
        Adapter.Remove(socket);
    }

    internal async Task ConnectedAsync(ServerSocket socket)
    {
        foreach (var handler in _connected) await RunAsync("connection", () => handler(socket)).ConfigureAwait(false);
    }

    internal Task DispatchAsync(ServerSocket socket, ReadOnlyMemory<byte> data)
    {
        if (!EventHeader.TryRead(data.Span, out var header)) return Task.CompletedTask;
        var name = header.NameText;
        return _handlers.TryGetValue(name, out var handlers)
            ? DispatchAsync(socket, name, handlers, EventArguments.OfEvent(data))
            : Task.CompletedTask;
    }

    /// <summary>Runs a handler; its exception is logged and goes no further.</summary>
    internal async Task RunAsync(string name, Func<Task> handler)
    {
        try
        {
            await handler().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            SocketIOLog.HandlerFailed(Server.Logger, name, Path, exception);
        }
    }

    private async Task DispatchAsync(
        ServerSocket socket, string name, ImmutableArray<Func<ServerSocket, EventArguments, Task>> handlers, EventArguments arguments)
    {
        foreach (var handler in handlers) await RunAsync(name, () => handler(socket, arguments)).ConfigureAwait(false);
    }
}
