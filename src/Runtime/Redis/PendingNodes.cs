using System.Security.Cryptography;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>A request that every other node answers once.</summary>
internal abstract class PendingNodes : PendingRequest
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _answered;
    private bool _isOver;

    public override bool IsLarge => true;

    /// <summary>How many other nodes are to answer; set before the request is sent.</summary>
    public required int Expected { get; init; }

    public override string? Take(PeerResponse answer)
    {
        lock (_gate)
        {
            if (_isOver) return DropCause.Unawaited;
            if (Add(answer) is { } cause) return cause;
            if (++_answered < Expected) return null;
            _isOver = true;
        }

        _complete.TrySetResult();
        return null;
    }

    /// <summary>Waits for the answers; when the time is up those that came are all there is.</summary>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _complete.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What came is the result, and it says how many are missing.
        }
    }

    /// <summary>Takes no more answers.</summary>
    /// <returns>How many other nodes have answered.</returns>
    public int End()
    {
        lock (_gate)
        {
            _isOver = true;
            return _answered;
        }
    }

    /// <summary>Adds what an answer holds; never twice at once.</summary>
    /// <returns>Null, or why it does not count.</returns>
    protected abstract string? Add(PeerResponse answer);
}

/// <summary>The sockets of the other nodes.</summary>
/// <remarks>Answers do not say who gives them, and a socket is on one node: an answer of nothing but known sockets is a node's second.</remarks>
/// <param name="sockets">Those of this node, to which the others are added.</param>
/// <param name="sink">Where what is done to sockets goes.</param>
internal sealed class PendingSockets(List<RemoteSocket> sockets, IBroadcastSink sink) : PendingNodes
{
    private readonly HashSet<SocketId> _known = [.. sockets.Select(socket => socket.Id)];

    protected override string? Add(PeerResponse answer)
    {
        if (ResponseCodec.ReadSockets(answer, sink) is not { } read) return DropCause.Shape;
        var before = sockets.Count;
        foreach (var socket in read)
        {
            if (_known.Add(socket.Id)) sockets.Add(socket);
        }

        return read.Count > 0 && sockets.Count == before ? DropCause.Duplicate : null;
    }
}

/// <summary>The rooms of the other nodes.</summary>
/// <remarks>Answers do not say who gives them. The same list again, unless it is empty, is a node's second: it holds its sockets' own rooms.</remarks>
/// <param name="rooms">Those of this node, to which the others are added.</param>
internal sealed class PendingRooms(HashSet<string> rooms) : PendingNodes
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    protected override string? Add(PeerResponse answer)
    {
        if (!ResponseCodec.TryReadRooms(answer, out var read)) return DropCause.Shape;
        if (!read.IsEmpty && !_taken.Add(Convert.ToHexString(SHA256.HashData(answer.Body.Span)))) return DropCause.Duplicate;
        rooms.UnionWith(read);
        return null;
    }
}
