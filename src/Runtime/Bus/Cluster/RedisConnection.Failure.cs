using System.Security.Authentication;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The reason why the connection is not established: its diagnosis, storage and report.</summary>
internal sealed partial class RedisConnection
{
    private readonly Lock _finding = new();
    private volatile Exception? _failure;
    private Task<Exception?> _found = Task.FromResult<Exception?>(null);
    private long? _foundAt;
    private bool? _unreported;
    private string? _lastReason;
    private readonly LogGate _reasons;
    private int _looks;

    /// <summary>The reason why there is no connection, without a secret; null when there is one, or when the reason is not known.</summary>
    public Exception? Failure => _link is { IsConnected: true } ? null : _failure;

    /// <summary>Returns the exception without a secret of the connection.</summary>
    public Exception Clean(Exception exception) => _secrets.Clean(exception);

    /// <summary>Returns the reason why there is no connection; diagnoses it when it is not known.</summary>
    public Task<Exception?> FindFailureAsync()
    {
        if (_link is not { IsConnected: false } link) return Task.FromResult(Failure);
        lock (_finding)
        {
            if (!_found.IsCompleted) return _found;
            var isFresh = _foundAt is { } foundAt && Timings.Since(foundAt) < Timings.DiagnosisInterval;
            return isFresh || (IsWatched && _failure is not null) ? Task.FromResult(_failure) : StartFinding(link);
        }
    }

    private Task<Exception?> StartFinding(IRedisLink link)
    {
        lock (_finding)
        {
            if (!_found.IsCompleted) return _found;
            _foundAt = Timings.Clock.GetTimestamp();
            return _found = Task.Run(() => FindAsync(link));
        }
    }

    private async Task<Exception?> FindAsync(IRedisLink link)
    {
        try
        {
            Exception? found = null;
            if (_options is { } options) found = await RedisDiagnosis.RunAsync(options, Timings.DiagnosisTimeout).ConfigureAwait(false);

            // The trust in a certificate may be the application's decision, which only the client library knows.
            if (found is null or AuthenticationException)
                found = await PingAsync(link).ConfigureAwait(false) ?? found;
            if (link.IsConnected) return null;
            if (found is not null) _failure = _secrets.Clean(found);
        }
        catch (Exception exception)
        {
            // The diagnosis only serves the reader of the log; the connection does not depend on it.
            RedisLog.AdapterOperationFailed(_logger, $"diagnosis of the connection to {Endpoints}", _secrets.Clean(exception));
        }

        return _failure;
    }

    private async Task<Exception?> PingAsync(IRedisLink link)
    {
        try
        {
            await link.PingAsync().Observed().WaitAsync(Timings.DiagnosisTimeout, Timings.Clock).ConfigureAwait(false);
            return null;
        }
        catch (RedisConnectionException exception)
        {
            return exception.InnerException ?? exception;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            return null;
        }
    }

    /// <summary>Checks every few seconds, while the connection is not established, for a changed reason.</summary>
    private void LookForReason()
    {
        var looks = Math.Max(1, (int)(Timings.DiagnosisInterval / Timings.LookInterval));
        if (_link is not { IsConnected: false } link || ++_looks % looks != 0) return;
        _ = LookAsync();

        async Task LookAsync()
        {
            var reason = await StartFinding(link).ConfigureAwait(false);
            if (link.IsConnected) return;
            lock (_gate)
            {
                if (reason is null || _disposed || _unreported is not null) return;
                if (RedisReason.Text(reason) != _lastReason && _reasons.TryEnter(RedisReason.Text(reason)))
                    ReportDown(isFirst: true, reason);
            }
        }
    }

    /// <summary>Reports that a move to another master failed.</summary>
    public void ReportMoveFailed(Exception exception)
    {
        if (Gate.TryEnter(nameof(RedisLog.SubscriptionMoveFailed)))
            RedisLog.SubscriptionMoveFailed(_logger, Endpoints, _secrets.Clean(exception));
    }

    private void Report(bool connected, bool isFirst)
    {
        if (!connected)
        {
            ReportDown(isFirst);
            return;
        }

        ReportUnreported();
        _failure = null;
        if (isFirst) RedisLog.RedisConnected(_logger, Endpoints);
        else RedisLog.RedisReconnected(_logger, Endpoints);
    }

    /// <summary>Reports that the connection is not established, as soon as the reason is known.</summary>
    private void ReportDown(bool isFirst)
    {
        if (Failure is { } known)
        {
            ReportDown(isFirst, known);
            return;
        }

        _unreported = isFirst;
        _ = LaterAsync();

        async Task LaterAsync()
        {
            await FindFailureAsync().ConfigureAwait(false);
            lock (_gate) ReportUnreported();
        }
    }

    private void ReportUnreported()
    {
        if (_unreported is not { } isFirst || _disposed) return;
        _unreported = null;
        ReportDown(isFirst, _failure);
    }

    private void ReportDown(bool isFirst, Exception? reason)
    {
        var text = _lastReason = RedisReason.Text(reason);
        var details = RedisReason.Details(_logger, reason);
        if (RedisReason.IsPermanent(reason)) RedisLog.RedisConfigurationRejected(_logger, Endpoints, text, details);
        else if (isFirst) RedisLog.RedisUnreachable(_logger, Endpoints, text, details);
        else RedisLog.RedisConnectionLost(_logger, Endpoints, text, details);
    }
}
