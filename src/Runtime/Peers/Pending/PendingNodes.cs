using System.Security.Cryptography;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>A request to which every other node responds once.</summary>
internal abstract class PendingNodes : PendingRequest
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _responses;
    private bool _isOver;

    public override bool IsLarge => true;

    /// <summary>Gets a value indicating whether the received responses suffice; read under the lock, or after <see cref="End"/>.</summary>
    public virtual bool IsEnough => false;

    /// <summary>The number of expected responses; set before the request is sent.</summary>
    public required int Expected { get; init; }

    public override DropReason Take(PeerMessageFields response)
    {
        lock (_gate)
        {
            if (_isOver) return DropReason.Unawaited;
            if (Add(response) is var reason and not DropReason.None) return reason;
            if (++_responses < Expected && !IsEnough) return DropReason.None;
            _isOver = true;
        }

        _complete.TrySetResult();
        return DropReason.None;
    }

    public override void Abandon()
    {
        _complete.TrySetException(new ObjectDisposedException(nameof(RedisEmitter)));

        // The wait may have just ended in another way.
        _ = _complete.Task.Exception;
    }

    /// <summary>Waits for the responses; returns false when the time is over before they are complete.</summary>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public async Task<bool> IsCompleteAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _complete.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Stops accepting responses.</summary>
    /// <returns>The number of other nodes that have responded.</returns>
    public int End()
    {
        lock (_gate)
        {
            _isOver = true;
            return _responses;
        }
    }

    /// <summary>Adds the content of a response; never called concurrently.</summary>
    /// <returns>The reason why the response was dropped, or <see cref="DropReason.None"/>.</returns>
    protected abstract DropReason Add(PeerMessageFields response);
}

/// <summary>The sockets of the other nodes.</summary>
/// <remarks>Responses do not name their node, and a socket is on one node: a response with only known sockets is a repetition.</remarks>
/// <param name="sockets">The sockets of this node, to which the others are added.</param>
internal sealed class PendingSockets(List<SocketDescription> sockets) : PendingNodes
{
    private readonly HashSet<SocketId> _known = [.. sockets.Select(socket => socket.Id)];

    public List<SocketDescription> Sockets => sockets;

    protected override DropReason Add(PeerMessageFields response)
    {
        if (response.ReadSockets() is not { } read) return DropReason.Shape;
        var before = sockets.Count;
        foreach (var socket in read)
        {
            if (_known.Add(socket.Id)) sockets.Add(socket);
        }

        return read.Count > 0 && sockets.Count == before ? DropReason.Duplicate : DropReason.None;
    }
}

/// <summary>The rooms of the other nodes.</summary>
/// <remarks>
/// Responses do not name their node. The same list again, unless it is empty, is a repetition, because it holds its sockets' own rooms.
/// </remarks>
/// <param name="rooms">The rooms of this node, to which the others are added.</param>
internal sealed class PendingRooms(HashSet<string> rooms) : PendingNodes
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public HashSet<string> Rooms => rooms;

    protected override DropReason Add(PeerMessageFields response)
    {
        if (!response.TryReadRooms(out var read)) return DropReason.Shape;
        if (!read.IsEmpty && !_taken.Add(Convert.ToHexString(SHA256.HashData(response.Body.Span)))) return DropReason.Duplicate;
        rooms.UnionWith(read);
        return DropReason.None;
    }
}
