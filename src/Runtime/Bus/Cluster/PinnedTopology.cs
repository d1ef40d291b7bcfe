namespace TypedSocketRedis.Redis;

/// <summary>All channels on one connection; the library's own connection to a Redis Cluster is kept on one of its masters.</summary>
internal sealed class PinnedTopology : SingleTopology
{
    private ClusterPin? _pin;
    private int _isMoving;

    /// <summary>Returns a connection to one master of a cluster, or that to the whole cluster when no master is connected.</summary>
    public override async Task<IRedisLink> UseAsync(RedisConnection connection, IRedisLink whole)
    {
        if (PinOf(connection) is not { } pin || await pin.ConnectAsync().ConfigureAwait(false) is not { } found) return whole;
        pin.Choose(found.Server);
        return found.Link;
    }

    /// <summary>Starts to move to another master when that is necessary, unless a move is in progress.</summary>
    public override void Look(RedisConnection connection)
    {
        if (PinOf(connection) is { } pin && Interlocked.Exchange(ref _isMoving, 1) == 0) _ = Task.Run(() => CheckAsync(connection, pin));
    }

    /// <summary>Returns the chosen master; null for a connection of the application, and while no cluster is known.</summary>
    private ClusterPin? PinOf(RedisConnection connection)
    {
        if (_pin is null && connection is { OwnOptions: { } options, Whole: { } whole } && ClusterPin.IsCluster(whole))
            _pin = new ClusterPin(whole, options, connection.Roles);
        return _pin;
    }

    /// <summary>Moves to another master when the server is lost, or has become a replica.</summary>
    private async Task CheckAsync(RedisConnection connection, ClusterPin pin)
    {
        try
        {
            if (connection.Link is not { } current) return;
            var isLost = pin.ShouldMove(current);
            if (isLost || await pin.IsDemotedAsync(current).ConfigureAwait(false))
                await MoveAsync(connection, pin, isLost).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            connection.ReportMoveFailed(exception);
        }
        finally
        {
            Volatile.Write(ref _isMoving, 0);
        }
    }

    private static async Task MoveAsync(RedisConnection connection, ClusterPin pin, bool isLost)
    {
        if (await pin.ConnectAsync().ConfigureAwait(false) is not { } found) return;
        try
        {
            await connection.ReplaceAsync(found.Link, isLost).ConfigureAwait(false);
        }
        finally
        {
            if (connection.Link == found.Link) pin.Choose(found.Server);
        }
    }
}
