using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Redis in memory: servers that own slots and pass messages on at once, and that can fail in every way of real ones.</summary>
internal sealed class FakeRedis
{
    private readonly Dictionary<RedisChannel, FakeRedisServer> _moved = [];

    /// <param name="servers">The number of servers; more than one are a cluster.</param>
    public FakeRedis(int servers = 1) => Servers = [.. Enumerable.Range(1, servers).Select(port => new FakeRedisServer(port))];

    /// <summary>Guards everything; no message is delivered inside.</summary>
    public Lock Gate { get; } = new();

    public FakeRedisServer[] Servers { get; }

    /// <summary>Returns the server that a channel belongs to.</summary>
    public FakeRedisServer OwnerOf(RedisChannel channel)
    {
        lock (Gate)
        {
            if (_moved.TryGetValue(channel, out var server)) return server;
            var tag = Encoding.UTF8.GetBytes(ShardedTopology.Hashed(channel.ToString()));
            return channel.IsSharded ? Servers[tag.Sum(one => one) % Servers.Length] : Servers[0];
        }
    }

    /// <summary>Moves the slot of a channel, and of the other channels given, to another server, which ends their subscriptions.</summary>
    public void Move(FakeRedisServer to, params RedisChannel[] channels)
    {
        FakeLink[] links;
        lock (Gate)
        {
            foreach (var channel in channels) _moved[channel] = to;
            links = [.. Servers.SelectMany(server => server.Subscribers).Select(one => one.Link).Distinct()];
            foreach (var link in links) link.Unsubscribed(channels);
            foreach (var server in Servers) server.Subscribers.RemoveWhere(one => channels.Contains(one.Channel));
        }

        foreach (var link in links) link.ReportMoved();
    }

    /// <summary>Removes the subscriptions of a channel on the servers only: the client library still counts them.</summary>
    public void Forget(RedisChannel channel)
    {
        lock (Gate)
        {
            foreach (var server in Servers) server.Subscribers.RemoveWhere(one => one.Channel == channel);
        }
    }

    /// <summary>Publishes a message like another node, and returns the number of links that received it.</summary>
    public int Publish(RedisChannel channel, byte[] message)
    {
        FakeLink[] links;
        lock (Gate) links = [.. OwnerOf(channel).Subscribers.Where(one => one.Channel == channel).Select(one => one.Link)];
        return links.Count(link => link.Deliver(channel, message));
    }
}

/// <summary>A server of a <see cref="FakeRedis"/>.</summary>
internal sealed class FakeRedisServer(int port)
{
    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, port);

    /// <summary>Gets or sets a value indicating whether connections to the server are lost, and refused.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets or sets a value indicating whether the server takes commands and neither replies nor delivers.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Gets the subscriptions that the server has.</summary>
    public HashSet<(FakeLink Link, RedisChannel Channel)> Subscribers { get; } = [];
}

/// <summary>A connection to a <see cref="FakeRedis"/>, with the client library's view of it.</summary>
internal sealed class FakeLink : IRedisLink
{
    // The reply to PUBSUB SHARDNUMSUB.
    private static readonly RedisResult Count = RedisResult.Create(
        [RedisResult.Create("channel", ResultType.BulkString), RedisResult.Create(1, ResultType.Integer)]);

    private readonly FakeRedis _redis;
    private readonly Dictionary<RedisChannel, (FakeRedisServer? Place, List<Subscription> Users)> _channels = [];
    private readonly Dictionary<RedisChannel, FakeRedisServer> _known = [];
    private readonly IServer[] _servers;
    private LinkEvents? _events;
    private int _looks;

    public FakeLink(FakeRedis redis)
    {
        _redis = redis;
        _servers = Array.ConvertAll(redis.Servers, Server);
    }

    public bool IsConnected { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the connection is half-open: it takes commands that go nowhere.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Gets or sets a filter of the messages that arrive.</summary>
    public Func<RedisChannel, bool> Arrives { get; set; } = static _ => true;

    /// <summary>Gets or sets the channels that Redis does not confirm.</summary>
    public Func<RedisChannel, bool> IsRefused { get; set; } = static _ => false;

    /// <summary>Gets or sets the wait for the reply to a PING.</summary>
    public Func<Task> Pinging { get; set; } = static () => Task.CompletedTask;

    /// <summary>Gets the number of published messages.</summary>
    public int Publishes { get; private set; }

    /// <summary>Gets the number of looks at the servers.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public IServer[] Servers
    {
        get
        {
            Interlocked.Increment(ref _looks);
            return _servers;
        }
    }

    public Task Refreshing => Task.CompletedTask;

    public void Follow(LinkEvents events) => _events = events;

    public void Unfollow(LinkEvents events) => _events = null;

    public Task RefreshAsync()
    {
        lock (_redis.Gate) _known.Clear();
        return Task.CompletedTask;
    }

    public EndPoint? PlaceOf(RedisChannel channel)
    {
        lock (_redis.Gate) return _channels.TryGetValue(channel, out var one) && !IsRefused(channel) ? one.Place?.EndPoint : null;
    }

    public EndPoint? OwnerOf(RedisChannel channel) => Known(channel) is { IsDown: false } server ? server.EndPoint : null;

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CommandFlags flags)
    {
        Publishes++;
        if (Known(channel) is var server && (server.IsDown || !IsConnected))
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "down", null);
        if (IsStalled || server.IsStalled) return new TaskCompletionSource<long>().Task;
        return Task.FromResult((long)_redis.Publish(channel, message));
    }

    public Task PingAsync() => PingAsync(_redis.Servers[0]);

    public Task PingSubscriberAsync() => PingAsync(_redis.Servers[0]);

    public Task<ILinkSubscription> SubscribeAsync(RedisChannel channel)
    {
        var subscription = new Subscription(this, channel);
        lock (_redis.Gate)
        {
            if (!_channels.TryGetValue(channel, out var one)) _channels.Add(channel, one = (null, []));
            one.Users.Add(subscription);
            Send(channel);
        }

        return Task.FromResult<ILinkSubscription>(subscription);
    }

    public Task SubscribeConfirmedAsync(RedisChannel channel) => SubscribeAsync(channel);

    public Task UnsubscribeAllAsync(RedisChannel channel)
    {
        lock (_redis.Gate)
        {
            _channels.Remove(channel);
            foreach (var server in _redis.Servers) server.Subscribers.Remove((this, channel));
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Unsubscribes a channel like other code that uses the connection.</summary>
    public async Task UnsubscribeByOtherCodeAsync(RedisChannel channel)
    {
        lock (_redis.Gate)
        {
            foreach (var user in _channels[channel].Users) user.End();
        }

        await UnsubscribeAllAsync(channel);
    }

    /// <summary>Loses the connections to a server, and all subscriptions there; with or without a report.</summary>
    public void Lose(FakeRedisServer server, bool isReported)
    {
        lock (_redis.Gate)
        {
            server.Subscribers.RemoveWhere(one => one.Link == this);
            foreach (var (channel, (place, users)) in _channels.ToArray())
            {
                if (place == server) _channels[channel] = (null, users);
            }
        }

        if (isReported) _events?.Failed(this, Args(server));
    }

    /// <summary>Establishes the connections to a server again, and makes the subscriptions.</summary>
    public void Restore(FakeRedisServer server)
    {
        IsStalled = false;
        lock (_redis.Gate)
        {
            foreach (var channel in _channels.Keys.ToArray()) Send(channel);
        }

        _events?.Restored(this, Args(server));
    }

    public void ReportMoved() => _events?.Moved(this, EventArgs.Empty);

    /// <summary>Removes the confirmations of channels; the caller holds the lock.</summary>
    public void Unsubscribed(RedisChannel[] channels)
    {
        foreach (var channel in channels)
        {
            if (!_channels.TryGetValue(channel, out var one)) continue;
            _known[channel] = one.Place ?? _redis.OwnerOf(channel);
            _channels[channel] = (null, one.Users);
        }
    }

    /// <summary>Passes a message on to the subscriptions.</summary>
    public bool Deliver(RedisChannel channel, byte[] message)
    {
        if (IsStalled || _redis.OwnerOf(channel).IsStalled || !Arrives(channel)) return false;
        Subscription[] users;
        lock (_redis.Gate) users = _channels.TryGetValue(channel, out var one) ? [.. one.Users] : [];
        foreach (var user in users) user.Received?.Invoke((byte[])channel!, message);
        return true;
    }

    private static ConnectionFailedEventArgs Args(FakeRedisServer server) =>
        new(server, server.EndPoint, ConnectionType.Subscription, ConnectionFailureType.SocketClosed, null!, "");

    private FakeRedisServer Known(RedisChannel channel)
    {
        lock (_redis.Gate) return _known.TryGetValue(channel, out var server) ? server : _redis.OwnerOf(channel);
    }

    // The caller holds the lock.
    private void Send(RedisChannel channel)
    {
        var (place, users) = _channels[channel];
        var server = Known(channel);
        if (place is not null || IsStalled || server.IsStalled || server.IsDown || server != _redis.OwnerOf(channel)) return;
        _channels[channel] = (server, users);
        server.Subscribers.Add((this, channel));
    }

    private void End(Subscription subscription)
    {
        lock (_redis.Gate)
        {
            if (!_channels.TryGetValue(subscription.Channel, out var one) || !one.Users.Remove(subscription) || one.Users.Count > 0) return;
            _channels.Remove(subscription.Channel);
            one.Place?.Subscribers.Remove((this, subscription.Channel));
        }
    }

    private async Task<TimeSpan> PingAsync(FakeRedisServer server)
    {
        await Pinging();
        if (IsStalled || server.IsStalled) await new TaskCompletionSource().Task;
        return TimeSpan.Zero;
    }

    private IServer Server(FakeRedisServer server) => Fake.Of<IServer>((method, arguments) => method.Name switch
    {
        "get_IsConnected" => IsConnected && !server.IsDown,
        "get_ServerType" => _redis.Servers.Length > 1 ? ServerType.Cluster : ServerType.Standalone,
        "get_EndPoint" => server.EndPoint,
        "get_IsReplica" => false,
        nameof(IServer.PingAsync) => PingAsync(server),
        nameof(IServer.RoleAsync) => Task.FromResult((Role)RuntimeHelpers.GetUninitializedObject(typeof(Role.Master))),
        nameof(IServer.SubscriptionSubscriberCountAsync) => Task.FromResult(1L),
        nameof(IServer.ExecuteAsync) => Task.FromResult(Count),
        _ => throw new NotSupportedException(method.Name),
    });

    private sealed class Subscription(FakeLink link, RedisChannel channel) : ILinkSubscription
    {
        private volatile bool _isEnded;

        public RedisChannel Channel => channel;

        public LinkMessageHandler? Received { get; private set; }

        public bool IsOpen => !_isEnded;

        public void Read(LinkMessageHandler received) => Received = received;

        public void End() => _isEnded = true;

        public Task<Exception?> EndAsync(BusTimings timings, bool isConfirmed)
        {
            End();
            link.End(this);
            return Task.FromResult<Exception?>(null);
        }
    }
}
