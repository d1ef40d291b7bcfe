using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <content>The requests for what all nodes have, to which each node responds once.</content>
internal sealed partial class PeerRequests
{
    // The maximum number of times that a request is sent while nodes come and go.
    private const int MaxAttempts = 5;

    /// <summary>Fetches the sockets of all nodes.</summary>
    /// <param name="target">The target.</param>
    /// <param name="sink">The sink for operations on the sockets.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    public async Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, IBroadcastSink sink, CancellationToken cancellationToken)
    {
        var (sockets, nodes, responses) = await SocketsAsync(target, cancellationToken).ConfigureAwait(false);
        return new FetchedSockets(sink, sockets, nodes, responses);
    }

    /// <summary>Counts the sockets of all nodes in a room, and their users, in one round trip.</summary>
    /// <remarks>
    /// The request is the one for sockets with one member more: nodes that run this library respond with counts, servers on Node.js
    /// ignore the member and respond with their sockets. So each node responds once, whatever it is.
    /// </remarks>
    /// <param name="question">The room and the scope.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    public async Task<RoomPresence> CountAsync(PresenceRequest question, CancellationToken cancellationToken)
    {
        var target = BroadcastOptions.Everyone with { Rooms = [question.Room] };
        if (question.EndsAtFirst && Own() is { Sockets: > 0 } own) return own.ToPresence();
        var request = new PeerMessage(PeerMessageKind.FetchSockets)
        {
            Target = target,
            PresencePrefix = question.UserPrefix,
            IsEverywhere = question.IsEverywhere,
        };
        var (pending, nodes, responses) = await GatherAsync(
            request,
            expected => new PendingPresence(Own(), question) { Expected = expected },
            timeout: null,
            cancellationToken).ConfigureAwait(false);
        return pending.Tally.ToPresence(nodes, responses);

        PresenceTally Own()
        {
            var tally = new PresenceTally();
            services.Requester.Count(target, question.UserPrefix, tally);
            return tally;
        }
    }

    /// <summary>Fetches the rooms of all nodes.</summary>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    public async Task<FetchedRooms> AllRoomsAsync(CancellationToken cancellationToken)
    {
        if (!services.Wire.SupportsListRooms) return await RoomsOfSocketsAsync(cancellationToken).ConfigureAwait(false);
        var (pending, nodes, responses) = await GatherAsync(
            new PeerMessage(PeerMessageKind.AllRooms),
            expected => new PendingRooms(services.Requester.RoomNames()) { Expected = expected },
            timeout: null,
            cancellationToken).ConfigureAwait(false);
        return new FetchedRooms(pending.Rooms, nodes, responses);
    }

    /// <summary>
    /// Returns the rooms of all nodes from their sockets, for adapters that cannot request rooms: every room has a socket.
    /// </summary>
    private async Task<FetchedRooms> RoomsOfSocketsAsync(CancellationToken cancellationToken)
    {
        var (sockets, nodes, responses) = await SocketsAsync(BroadcastOptions.Everyone, cancellationToken).ConfigureAwait(false);
        var rooms = services.Requester.RoomNames();
        foreach (var socket in sockets) rooms.UnionWith(socket.Rooms);
        return new FetchedRooms(rooms, nodes, responses);
    }

    private async Task<(List<SocketDescription> Sockets, int Nodes, int Responses)> SocketsAsync(
        BroadcastOptions target, CancellationToken cancellationToken)
    {
        var (pending, nodes, responses) = await GatherAsync(
            new PeerMessage(PeerMessageKind.FetchSockets) { Target = target },
            expected => new PendingSockets(services.Requester.Describe(target)) { Expected = expected },
            target.Timeout,
            cancellationToken).ConfigureAwait(false);
        return (pending.Sockets, nodes, responses);
    }

    /// <summary>Sends a request to all nodes and waits for their responses.</summary>
    /// <remarks>
    /// A node that starts may receive a request for which it was not counted, and one that leaves may have been counted for a request to
    /// which it does not respond. Responses do not name their node, so the request is repeated to the nodes that are there then. A node
    /// that left after the request was sent is missing in the result.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="create">Creates the result with this process's own part, for a number of expected responses.</param>
    /// <param name="timeout">The time to wait for responses, in all; null for the default.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>The result, the number of nodes, and of those that have responded, this process included if it is one.</returns>
    private async Task<(TPending Pending, int Nodes, int Responses)> GatherAsync<TPending>(
        PeerMessage request, Func<int, TPending> create, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPending : PendingNodes
    {
        var (nodes, areThere) = await TryCountNodesAsync(cancellationToken).ConfigureAwait(false);
        var pending = create(nodes - OwnNodes);
        if (!areThere) return (pending, nodes, OwnNodes);

        var (start, limit) = (services.Time.GetTimestamp(), timeout ?? services.Timeout);
        for (var attempt = 1; pending.Expected > 0; attempt++)
        {
            var (changed, isLoss) = await SendAsync(pending, request, Remaining, cancellationToken).ConfigureAwait(false);
            if (changed is null || attempt == MaxAttempts) break;
            pending.End();
            pending = create(changed.Value - OwnNodes);
            nodes = isLoss ? nodes : changed.Value;
        }

        var responses = pending.End() + OwnNodes;
        if (responses < nodes && !pending.IsEnough) services.Dropped.Incomplete(responses, nodes);
        return (pending, nodes, responses);

        TimeSpan Remaining()
        {
            var remaining = limit - services.Time.GetElapsedTime(start);
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    /// <summary>Sends a request once and waits until its responses are complete, the time is over, or the nodes have changed.</summary>
    /// <returns>
    /// The number of nodes if they have changed, or null; and a value indicating whether nodes left after the request was sent.
    /// </returns>
    private async Task<(int? Nodes, bool IsLoss)> SendAsync(
        PendingNodes pending, PeerMessage request, Func<TimeSpan> remaining, CancellationToken cancellationToken)
    {
        var id = CreateId();
        request.RequestId = Raw(id);
        var message = MessageSize.Checked(services.Wire.Write(request), services.MaxMessageSize);
        if (!TryAdd(id, pending)) return default;
        try
        {
            if (!services.Bus.Publish(services.Wire.Requests, message)) return default;
            if (await RecountAsync() is var sent && sent != pending.Expected + OwnNodes) return (sent, false);
            for (var wait = services.Timings.FirstResponseWait; ; wait *= 2)
            {
                var isLast = remaining() is var rest && rest <= wait;
                if (await pending.IsCompleteAsync(isLast ? rest : wait, services.Time, cancellationToken).ConfigureAwait(false) || isLast)
                    return default;
                if (await RecountAsync() is var left && left < pending.Expected + OwnNodes) return (left, true);
            }
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }

        // The number of nodes, or the known one if it cannot be counted in time.
        async Task<int> RecountAsync()
        {
            var counting = TryCountNodesAsync(cancellationToken).Observed();
            Task bounded = counting.WaitAsync(remaining(), services.Time, cancellationToken);
            await bounded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return counting is { IsCompletedSuccessfully: true, Result: (var nodes, true) } ? nodes : pending.Expected + OwnNodes;
        }
    }

    /// <summary>
    /// The number of nodes; while Redis is not connected the last known number, and at least one other, because it cannot be counted.
    /// </summary>
    private async Task<(int Nodes, bool AreThere)> TryCountNodesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await CountNodesAsync(cancellationToken).ConfigureAwait(false), true);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            ThrowIfEnded();
            return (Math.Max(OwnNodes + 1, _lastCount), false);
        }
    }
}
