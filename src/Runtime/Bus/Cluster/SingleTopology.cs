using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>All channels on one connection, which keeps their order.</summary>
/// <remarks>A reply on the connection is behind everything that was published, or subscribed, on it before.</remarks>
internal class SingleTopology : BusTopology
{
    private Route? _route;

    public override string MissingCommand => "command for";

    public override int RoundsUntilLost => 1;

    public override RedisChannel ChannelOf(string name) => RedisChannel.Literal(name);

    public override Task<long> PublishAsync(IRedisLink link, RedisChannel channel, byte[] message, CommandFlags flags) =>
        ServerOf(link) is { } server
            ? CountAsync(server.ExecuteAsync("PUBLISH", [channel, (RedisValue)message], flags))
            : link.PublishAsync(channel, message, flags);

    public override bool IsConfirmed(IRedisLink link, RedisChannel channel) => link.PlaceOf(channel) is not null;

    public override RedisChannel[] Reachable(SetLink set, RedisChannel[] channels) => channels;

    public override RedisChannel[] Responding(SetLink set, RedisChannel[] channels) => channels;

    public override async Task<Confirmation> ConfirmAsync(SetLink set, RedisChannel[] added, CancellationToken stop) =>
        await set.RespondsAsync(stop).ConfigureAwait(false) ? Confirmation.Complete : Confirmation.None;

    public override async Task<RedisChannel[]> SettledAsync(SetLink set, RedisChannel[] channels) =>
        await set.RespondsAsync(CancellationToken.None).ConfigureAwait(false) ? channels : [.. channels.Where(set.Has)];

    public override RedisChannel[] Renewed(IRedisLink link, RedisChannel[] unreceived, RedisChannel[] channels) => channels;

    public override BusProbe[] FirstProbes(BusSet set) => [new BusProbe(set.ProbeSubscription, set.Probe, BusProbe.Private)];

    public override RedisChannel[] Probes(IRedisLink link, string name, RedisChannel[] before, IEnumerable<RedisChannel> channels) =>
        before;

    public override Task<bool> VerifyAsync(RedisChannel[] pending, Func<Task<bool>> verify) =>
        pending.Length == 0 ? verify() : Task.FromResult(false);

    public override Task<bool> RespondsAsync(Func<Task<bool>> ping) => ping();

    public override Task<bool> EchoAsync(Func<Task<bool>> ping) => ping();

    public override TimeSpan PauseAfter(RedisChannel[] pending, TimeSpan pause) => pending.Length == 0 ? pause : TimeSpan.Zero;

    public override bool IsProof(bool isReceived) => isReceived;

    public override bool IsDue(SetActivity activity) =>
        (activity.LacksMessages && activity.SinceCheck >= activity.Interval) || activity.HasStoppedReceiving;

    protected override Task<long> CountSubscribersAsync(IServer server, RedisChannel channel) =>
        server.SubscriptionSubscriberCountAsync(channel);

    private static async Task<long> CountAsync(Task<RedisResult> published) =>
        await published.ConfigureAwait(false) is { IsNull: false } count ? (long)count : 0;

    /// <summary>Returns the server to publish on, always the same while it is connected; null for any.</summary>
    private IServer? ServerOf(IRedisLink link)
    {
        var route = Volatile.Read(ref _route);
        if (route is null || route.Link != link || route.Server is { IsConnected: false })
            Volatile.Write(ref _route, route = new Route(link, Choose(link)));
        return route.Server;
    }

    private static IServer? Choose(IRedisLink link)
    {
        // A connection to a whole cluster spreads messages over several servers, and they lose their order.
        var servers = link.Servers;
        var connected = servers.Where(server => server.IsConnected).ToArray();
        var isCluster = servers.Length > 1 && Array.Exists(connected, server => server.ServerType == ServerType.Cluster);
        return isCluster ? Array.Find(connected, server => !server.IsReplica) : null;
    }

    private sealed record Route(IRedisLink Link, IServer? Server);
}
