using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>The bounded queue of refused requests for the application's handler, which runs for one after the other.</summary>
/// <param name="options">The settings, which contain the handler.</param>
/// <param name="metrics">The counters.</param>
/// <param name="gate">The limit on repeated log entries.</param>
/// <param name="logger">The logger.</param>
internal sealed class ConnectionErrors(EngineIOOptions options, EngineMetrics metrics, LogGate gate, ILogger logger)
{
    public const string TransportMismatch = "TRANSPORT_MISMATCH";
    public const string TransportHandshake = "TRANSPORT_HANDSHAKE_ERROR";
    public const string ProtocolMismatch = "PROTOCOL_MISMATCH";
    public const string IdGeneration = "ID_GENERATION_ERROR";

    /// <summary>The maximum number of queued errors.</summary>
    public const int MaxWaiting = 1000;

    /// <summary>The maximum size of the requests of queued errors, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Item> _waiting = new();
    private long _bytes;
    private bool _isRunning;

    /// <summary>Queues an error for the handler, if there is one; never blocks and never throws.</summary>
    public void Report(HttpContext context, EngineError error, string message, int status, string? reason, DateTimeOffset now)
    {
        if (options.OnConnectionError is not { } handler) return;
        var item = new Item(FirstRequest.Read(context, now), error.Code, message, status, reason);
        lock (_gate)
        {
            if (_waiting.Count < MaxWaiting && _bytes + item.Request.Size <= MaxBytes)
            {
                _waiting.Enqueue(item);
                _bytes += item.Request.Size;
                if (_isRunning) return;
                _isRunning = true;
                ThreadPool.UnsafeQueueUserWorkItem(
                    static run => _ = run.Errors.RunAsync(run.Handler), (Errors: this, Handler: handler), preferLocal: false);
                return;
            }
        }

        metrics.ConnectionErrorDropped();
    }

    private async Task RunAsync(Func<ConnectionError, Task> handler)
    {
        while (TryTake(out var item))
        {
            try
            {
                await handler(item.ToError()).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                metrics.HandlerFailed();
                if (gate.TryEnter($"{nameof(EngineIOOptions.OnConnectionError)} {exception.GetType()}"))
                    SocketIOLog.DelegateFailed(logger, nameof(EngineIOOptions.OnConnectionError), exception);
            }
        }
    }

    private bool TryTake(out Item item)
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out item))
            {
                _isRunning = false;
                return false;
            }

            _bytes -= item.Request.Size;
            return true;
        }
    }

    private readonly record struct Item(FirstRequest Request, ConnectionErrorCode Code, string Message, int Status, string? Reason)
    {
        public ConnectionError ToError() => new(Request.ToRequest(), Code, Message, Status, Reason);
    }
}
