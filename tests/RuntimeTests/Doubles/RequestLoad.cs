using System.Collections.Concurrent;
using System.Diagnostics;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A continuous load of concurrent requests of all kinds to the other nodes that records unexpected failures.</summary>
internal sealed class RequestLoad : IAsyncDisposable
{
    /// <summary>The timeout of requests, which must equal the <c>RequestsTimeout</c> of the nodes.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    // The time for the count of nodes and their responses on a busy machine.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServerNode _node;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentDictionary<string, int> _done = new();
    private readonly SemaphoreSlim _round = new(0);
    private readonly Task[] _running;

    public RequestLoad(ServerNode node)
    {
        _node = node;
        var everyone = Emitters.Over<AnyEvents>(node.Adapter);
        var servers = new Servers<AnyEvents>(node.Adapter.Servers).WithTimeout(Timeout);
        _running =
        [
            RunAsync("fetch", async () => IsComplete = (await everyone.All.FetchSocketsAsync(_stop.Token)).IsComplete),
            RunAsync("rooms", () => node.Adapter.AllRoomsAsync(_stop.Token)),
            RunAsync("servers", () => servers.EmitWithAck("q").ToResultAsync()),
            RunAsync("clients", () => everyone.To("empty").WithTimeout(Timeout).EmitWithAck("q").ToResultAsync()),
            RunAsync("count", () => node.Adapter.ServerCountAsync(_stop.Token)),
            RunAsync("join", () => everyone.To("empty").JoinAsync(["x"], _stop.Token).AsTask()),
            RunAsync("disconnect", () => everyone.To("empty").DisconnectAsync(close: true, _stop.Token).AsTask()),
            RunAsync("event", () => servers.EmitAsync("q").AsTask()),
        ];
    }

    /// <summary>Gets a value indicating whether the last fetch returned the sockets of all nodes.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Gets the unexpected failures.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Completes when every operation has ended a given number of times more.</summary>
    public async Task MoreAsync(int times)
    {
        var before = _running.Length == 0 ? [] : _done.ToDictionary();
        var waited = Stopwatch.StartNew();
        while (_done.Count < _running.Length || _done.Any(one => one.Value < before.GetValueOrDefault(one.Key) + times))
        {
            await _round.WaitAsync(Timeout);
            if (waited.Elapsed <= Patience) continue;
            throw new TimeoutException($"An operation hangs: {string.Join(", ", _done)} after {string.Join(", ", before)}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
        _round.Dispose();
    }

    private async Task RunAsync(string name, Func<Task> operation)
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            var took = Stopwatch.StartNew();
            try
            {
                await operation().WaitAsync(Longest);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is RedisException || (exception is TimeoutException && took.Elapsed < Longest))
            {
                // These exceptions are expected while Redis is unavailable or refuses a command.
            }
            catch (Exception exception)
            {
                _problems.Enqueue($"{name} after {took.Elapsed}: {exception}");
            }

            _done.AddOrUpdate(name, 1, static (_, count) => count + 1);
            _round.Release();
            if (_node.Health.IsConnected) continue;

            // Without a connection all operations fail immediately.
            await Task.WhenAny(_node.Socket.SeesAsync("never", TimeSpan.FromMilliseconds(20)));
        }
    }
}
