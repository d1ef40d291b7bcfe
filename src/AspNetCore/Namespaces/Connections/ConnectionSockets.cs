using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The sockets of one connection by namespace, with the state that they share: service scope, budget and recovery data.</summary>
/// <remarks>Most clients join one namespace, so only further namespaces allocate a table. The lock is that of this object: a separate
/// one would cost memory per idle client.</remarks>
/// <param name="server">The server.</param>
/// <param name="session">The client's session.</param>
internal sealed partial class ConnectionSockets(ServerContext server, EngineSession session)
{
    // More than any client needs; a client that is disconnected from more namespaces at once may lose its connection.
    private const int MaxLeft = 100;

    private ServerSocket? _only;
    private Dictionary<string, ServerSocket>? _all;
    private List<string>? _left;
    private int _admissions;
    private int _unfinished;
    private int _disconnecting;
    private bool _closed;
    private bool _closes;

    public ServerContext Server => server;

    public EngineSession Session => session;


    /// <summary>The recovery data kept for this client alone, or null for none.</summary>
    public RecoveryShare? RecoveryShare { get; } = server.Options.ConnectionStateRecovery is null ? null : new RecoveryShare();

    /// <summary>The budget of events that wait for handlers, and of other data kept for the client.</summary>
    public EventBudget Budget { get; } = new(server.Options.MaxQueuedBytes, server.Metrics);

    /// <summary>Finds the socket of a namespace.</summary>
    /// <param name="path">The namespace.</param>
    /// <param name="socket">The socket, or null for none.</param>
    /// <param name="hasLeft">Set to true if the server disconnected the client from a namespace that it has not rejoined. Packets for it
    /// may still arrive.</param>
    /// <returns>False if the connection has ended.</returns>
    public bool TryFind(string path, out ServerSocket? socket, out bool hasLeft)
    {
        lock (this)
        {
            hasLeft = !TryGet(path, out socket) && _left is not null && _left.Contains(path);
            return !_closed;
        }
    }

    /// <summary>Returns the socket of a state, or null if it has left its namespace.</summary>
    public ServerSocket? Find(SocketCore core)
    {
        lock (this) return TryGet(core.Path, out var socket) && ReferenceEquals(socket.Core, core) ? socket : null;
    }

    /// <summary>Adds the socket of a client that wants to join a namespace.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="refusal">The refusal, or null if there is a place for the socket or the connection has ended.</param>
    /// <returns>False if the socket was not added.</returns>
    public bool TryAdd(ServerSocket socket, out Refusal? refusal)
    {
        refusal = null;
        lock (this)
        {
            if (_closed) return false;
            refusal = RefusalOf(socket);
            if (refusal is not null) return false;
            Place(socket);
            Interlocked.Increment(ref _admissions);
            Interlocked.Increment(ref _unfinished);
            return true;
        }
    }

    /// <summary>Removes a socket that has ended, if it still belongs to its namespace; a new one can join that.</summary>
    public void Remove(ServerSocket socket)
    {
        lock (this)
        {
            if (ReferenceEquals(_only, socket)) _only = null;
            else if (_all is not null && TryGet(socket.Path, out var known) && ReferenceEquals(known, socket)) _all.Remove(socket.Path);
        }
    }

    /// <summary>Counts an admission as completed, even if the socket has ended in the meantime.</summary>
    public void AdmissionCompleted() => Interlocked.Decrement(ref _admissions);

    /// <summary>Notifies the client that a namespace refused it, with the reason.</summary>
    /// <param name="path">The namespace, as the client named it.</param>
    /// <param name="refusal">The refusal.</param>
    public void Refuse(string path, Refusal refusal)
    {
        server.Metrics.SocketRefused(refusal.Reason);
        session.Send(ConnectError(path, refusal), BroadcastFlags.None);
    }

    /// <summary>Runs the handlers of the upgrade of the connection, for each socket behind its waiting work.</summary>
    public void Upgraded()
    {
        foreach (var socket in All()) socket.Listeners?.Transport.Upgraded(socket);
    }

    /// <summary>Runs the handlers of the drained connection, for each socket behind its waiting work.</summary>
    public void Drained()
    {
        foreach (var socket in All()) socket.Listeners?.Transport.Drained(socket);
    }

    private ServerSocket[] All()
    {
        lock (this) return _all is not null ? [.. _all.Values] : _only is not null ? [_only] : [];
    }

    private Refusal? RefusalOf(ServerSocket socket)
    {
        // A client that leaves during its admission leaves that work running.
        var max = server.Options.MaxSocketsPerConnection;
        if (Math.Max(_all?.Count ?? (_only is null ? 0 : 1), Volatile.Read(ref _admissions)) >= max) return Refusal.TooManySockets;

        // The same holds for running handlers: as many sockets again, so that a client that returns at once finds a place.
        if (Volatile.Read(ref _unfinished) >= 2L * max) return Refusal.TooManySockets;
        return Budget.TryKeep(socket.Core.AuthSize) ? null : Refusal.TooMuchAuth;
    }

    private bool TryGet(string path, [NotNullWhen(true)] out ServerSocket? socket)
    {
        if (_all is not null) return _all.TryGetValue(path, out socket);
        socket = _only?.Path == path ? _only : null;
        return socket is not null;
    }

    private void Place(ServerSocket socket)
    {
        _left?.Remove(socket.Path);
        if (_only is null && _all is null)
        {
            _only = socket;
            return;
        }

        _all ??= new Dictionary<string, ServerSocket>(StringComparer.Ordinal) { { _only!.Path, _only } };
        _all.Add(socket.Path, socket);
        _only = null;
    }

    private Frame ConnectError(string path, Refusal refusal)
    {
        try
        {
            return ConnectError(path, refusal, refusal.Details is { } data ? data.Raw : default);
        }
        catch (ProtocolException exception)
        {
            if (server.LogGate.TryEnter("refusal details")) SocketIOLog.RefusalDetailsUnusable(server.Logger, path, exception);
            return ConnectError(path, refusal, default);
        }
    }

    // As from the JavaScript server, clients of Socket.IO 2 get an object for a namespace that does not exist, and otherwise the details
    // or the message alone.
    private Frame ConnectError(string path, Refusal refusal, ReadOnlyMemory<byte> details) =>
        session.IsLegacy && refusal.Reason != RefusalReason.Namespace
            ? server.Packets.LegacyError(path, refusal.Message, details)
            : server.Packets.ConnectError(path, refusal.Message, details);
}
