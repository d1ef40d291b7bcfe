using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <content>The one master of a Redis Cluster on which channels that are not sharded are kept.</content>
internal sealed partial class RedisConnection
{
    private bool HasPin()
    {
        if (!_owned || _isSharded || _whole is not { } whole) return false;
        if (_pin is null && ClusterPin.IsCluster(whole))
            _pin = new ClusterPin(whole, _options!, new ServerRole(TimeProvider.System, _logger));
        return _pin is not null;
    }

    /// <summary>Moves to another master when the server is lost, or has become a replica.</summary>
    private async Task FollowPinAsync()
    {
        try
        {
            if (_multiplexer is not { } current) return;
            var isLost = _pin!.ShouldMove(current);
            if (isLost || await _pin.IsDemotedAsync(current).ConfigureAwait(false))
                await MoveAsync(isPlanned: !isLost && Handover is not null).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.ConnectFailed(_logger, Endpoints, _secrets.Clean(exception));
        }
        finally
        {
            Volatile.Write(ref _isMoving, 0);
        }
    }

    /// <summary>Connects to one master of a cluster; uses the connection to the whole cluster when there is none.</summary>
    private async Task<IConnectionMultiplexer> PinAsync(IConnectionMultiplexer whole)
    {
        if (!HasPin() || await _pin!.ConnectAsync().ConfigureAwait(false) is not { } found) return whole;
        _pin.Choose(found.Server);
        return found.Connection;
    }

    private async Task MoveAsync(bool isPlanned)
    {
        if (await _pin!.ConnectAsync().ConfigureAwait(false) is not { } found) return;
        var (server, next) = found;
        IConnectionMultiplexer? before = null;
        try
        {
            await (isPlanned ? Handover!.MoveAsync(next, UseNextAsync) : UseNextAsync()).ConfigureAwait(false);
        }
        finally
        {
            if (_multiplexer == next) _pin.Choose(server);
            else await next.DisposeAsync().ConfigureAwait(false);
        }

        if (!isPlanned) Changed?.Invoke(ConnectionEvent.Replaced);
        if (before is not null && before != _whole) await before.DisposeAsync().ConfigureAwait(false);

        async Task UseNextAsync() => before = await UseAsync(next).ConfigureAwait(false);
    }
}
