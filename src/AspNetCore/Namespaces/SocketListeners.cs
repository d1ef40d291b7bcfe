using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>What is done about one socket's events beside what its namespace does; most sockets have none.</summary>
/// <param name="socket">Whose events they are.</param>
internal sealed class SocketListeners(ServerSocket socket)
{
    private ImmutableArray<Func<SocketEvent, Func<Task>, Task>> _middlewares = [];
    private ImmutableArray<Action<string, EventArguments>> _outgoing = [];

    public HandlerSet Handlers { get; } = new();

    public ImmutableArray<Func<SocketEvent, Func<Task>, Task>> Middlewares => _middlewares;

    public void Use(Func<SocketEvent, Func<Task>, Task> middleware) =>
        ImmutableInterlocked.Update(ref _middlewares, static (all, added) => all.Add(added), middleware);

    public Registration AddOutgoing(Action<string, EventArguments> handler)
    {
        // Of its own, so that the same one can be added twice and each be removed.
        Action<string, EventArguments> own = (name, arguments) => handler(name, arguments);
        ImmutableInterlocked.Update(ref _outgoing, static (all, added) => all.Add(added), own);
        return new Registration(() => ImmutableInterlocked.Update(ref _outgoing, static (all, removed) => all.Remove(removed), own));
    }

    /// <summary>Shows an event that is on its way to the client.</summary>
    public void Sending(ref SentEvent sent)
    {
        foreach (var handler in _outgoing)
        {
            try
            {
                handler(sent.Name, sent.Arguments);
            }
            catch (Exception exception)
            {
                // Whoever sends the event, perhaps to many, is not to hear of it.
                SocketIOLog.HandlerFailed(socket.Logger, sent.Name, socket.Namespace.Path, exception);
            }
        }
    }
}
