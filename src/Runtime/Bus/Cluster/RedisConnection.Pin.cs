namespace TypedSocketRedis.Redis;

/// <content>The one master of a Redis Cluster on which channels that are not sharded are kept.</content>
internal sealed partial class RedisConnection
{
    /// <summary>Connects to one master of a cluster; uses the connection to the whole cluster when there is none.</summary>
    public async Task<IRedisLink> PinAsync(IRedisLink whole)
    {
        if (!HasPin() || await _pin!.ConnectAsync().ConfigureAwait(false) is not { } found) return whole;
        _pin.Choose(found.Server);
        return found.Link;
    }

    /// <summary>Starts to move to another master when that is necessary, unless a move is in progress.</summary>
    public void FollowPin()
    {
        if (HasPin() && Interlocked.Exchange(ref _isMoving, 1) == 0) _ = Task.Run(FollowPinAsync);
    }

    private bool HasPin()
    {
        if (!_owned || _whole is not { } whole) return false;
        if (_pin is null && ClusterPin.IsCluster(whole))
            _pin = new ClusterPin(whole, _options!, new ServerRole(Timings, _logger));
        return _pin is not null;
    }

    /// <summary>Moves to another master when the server is lost, or has become a replica.</summary>
    private async Task FollowPinAsync()
    {
        try
        {
            if (_link is not { } current) return;
            var isLost = _pin!.ShouldMove(current);
            if (isLost || await _pin.IsDemotedAsync(current).ConfigureAwait(false))
                await MoveAsync(isPlanned: !isLost && _isHandedOver).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            if (_gatedEntries.TryEnter(nameof(RedisLog.MoveFailed))) RedisLog.MoveFailed(_logger, Endpoints, _secrets.Clean(exception));
        }
        finally
        {
            Volatile.Write(ref _isMoving, 0);
        }
    }

    private async Task MoveAsync(bool isPlanned)
    {
        if (await _pin!.ConnectAsync().ConfigureAwait(false) is not { } found) return;
        var (server, next) = found;
        IRedisLink? before = null;
        try
        {
            await (isPlanned ? HandOverAsync(handover => handover.MoveAsync(next, UseNextAsync)) : UseNextAsync()).ConfigureAwait(false);
        }
        finally
        {
            if (_link == next) _pin.Choose(server);
            else await next.DisposeAsync().ConfigureAwait(false);
        }

        if (!isPlanned) Changed?.Invoke(ConnectionEvent.Replaced);
        if (before is not null && before != _whole) await before.DisposeAsync().ConfigureAwait(false);

        async Task UseNextAsync() => before = await UseAsync(next).ConfigureAwait(false);
    }
}
