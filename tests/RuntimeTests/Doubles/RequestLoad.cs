using System.Collections.Concurrent;
using System.Diagnostics;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Keeps asking the other nodes everything there is to ask, side by side, and notes what never should happen.</summary>
internal sealed class RequestLoad : IAsyncDisposable
{
    /// <summary>How long others are waited for; the nodes' <c>RequestsTimeout</c> is to be the same.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    // Counting nodes, waiting for them, and a busy machine.
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
        var everyone = new Broadcast<AnyEvents>(node.Adapter, BroadcastOptions.Everyone);
        var servers = new Servers<AnyEvents>(node.Adapter.Servers).WithTimeout(Timeout);
        _running =
        [
            RunAsync("fetch", async () => IsComplete = (await everyone.FetchSocketsAsync(_stop.Token)).IsComplete),
            RunAsync("rooms", () => node.Adapter.AllRoomsAsync(_stop.Token)),
            RunAsync("servers", () => servers.EmitWithAck("q").ToResultAsync()),
            RunAsync("clients", () => everyone.To("nobody").WithTimeout(Timeout).EmitWithAck("q").ToResultAsync()),
            RunAsync("count", () => node.Adapter.ServerCountAsync(_stop.Token)),
            RunAsync("join", () => everyone.To("nobody").SocketsJoinAsync(["x"], _stop.Token).AsTask()),
            RunAsync("disconnect", () => everyone.To("nobody").DisconnectSocketsAsync(close: true, _stop.Token).AsTask()),
            RunAsync("event", () => servers.EmitAsync("q").AsTask()),
        ];
    }

    /// <summary>Whether the last sockets that were fetched were those of all nodes.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What should not have happened.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Completes when every operation has ended some more times.</summary>
    public async Task MoreAsync(int times)
    {
        var before = _running.Length == 0 ? [] : _done.ToDictionary();
        var waited = Stopwatch.StartNew();
        while (_done.Count < _running.Length || _done.Any(one => one.Value < before.GetValueOrDefault(one.Key) + times))
        {
            await _round.WaitAsync(Timeout);
            if (waited.Elapsed > Patience) throw new TimeoutException($"It hangs: {string.Join(", ", _done)} after {string.Join(", ", before)}.");
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
                // Redis is away or refuses: those who wait for it are told.
            }
            catch (Exception exception)
            {
                _problems.Enqueue($"{name} after {took.Elapsed}: {exception}");
            }

            _done.AddOrUpdate(name, 1, static (_, count) => count + 1);
            _round.Release();
            if (_node.Health.IsConnected) continue;

            // While Redis is away everything fails at once.
            await Task.WhenAny(_node.Socket.SeesAsync("never", TimeSpan.FromMilliseconds(20)));
        }
    }
}
