using System.Diagnostics;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>
/// A refresh of a connection's servers that finds a channel unconfirmed, and is held with the command that subscribes it again in hand.
/// </summary>
/// <remarks>The client library asks for a profiling session on the thread that is about to send a command: the stack shows which.</remarks>
internal sealed class HeldLook : IDisposable
{
    private const string Subscribing = "EnsureSubscribedToServerAsync";
    private const string Refreshing = "EnsureSubscriptions";
    private const string Unsubscribing = "UnsubscribeFromServerAsync";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly ConnectionMultiplexer _connection;
    private readonly ManualResetEventSlim _held = new();
    private readonly ManualResetEventSlim _released = new();
    private volatile bool _isSubscribing;
    private volatile int _unsubscribed;
    private Task _look = Task.CompletedTask;

    /// <param name="connection">A connection whose next subscription is the one that the refresh finds unconfirmed.</param>
    public HeldLook(ConnectionMultiplexer connection)
    {
        _connection = connection;
        connection.RegisterProfiler(Sending);
    }

    /// <summary>The number of unsubscriptions that were sent.</summary>
    public int Unsubscribed => _unsubscribed;

    /// <summary>Waits for the subscription and starts the refresh; completes when that is held and the subscription goes on.</summary>
    public async Task BeginAsync()
    {
        await Eventually.TrueAsync(() => _isSubscribing, () => "Nothing was subscribed.");
        _look = Task.Run(() => SubscriptionGate.Of(_connection).LookAsync(_connection), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _held.IsSet, () => "The refresh found no unconfirmed channel.");
    }

    /// <summary>Lets the refresh end; completes when Redis has replied to its command.</summary>
    public async Task EndAsync()
    {
        _released.Set();
        await _look;
        await _connection.GetSubscriber().PingAsync();
    }

    public void Dispose()
    {
        _released.Set();
        _connection.RegisterProfiler(static () => null);
    }

    private ProfilingSession? Sending()
    {
        var stack = new StackTrace().ToString();
        if (stack.Contains(Refreshing, StringComparison.Ordinal))
        {
            _held.Set();
            _released.Wait(Patience);
        }
        else if (stack.Contains(Unsubscribing, StringComparison.Ordinal))
        {
            // Before the next case, because what follows a subscription may run on its stack.
            Interlocked.Increment(ref _unsubscribed);
        }
        else if (stack.Contains(Subscribing, StringComparison.Ordinal))
        {
            _isSubscribing = true;
            _held.Wait(Patience);
        }

        return null;
    }
}
